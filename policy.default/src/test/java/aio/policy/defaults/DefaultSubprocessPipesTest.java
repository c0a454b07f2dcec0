package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.SubprocessPipesContract;

class DefaultSubprocessPipesTest extends SubprocessPipesContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
