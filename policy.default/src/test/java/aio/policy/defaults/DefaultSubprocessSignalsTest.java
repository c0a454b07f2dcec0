package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.SubprocessSignalsContract;

class DefaultSubprocessSignalsTest extends SubprocessSignalsContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
