package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.SubprocessContract;

class DefaultSubprocessTest extends SubprocessContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
