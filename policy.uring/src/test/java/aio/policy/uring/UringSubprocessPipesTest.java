package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.SubprocessPipesContract;

/** Pipes of child processes, on the io_uring policy. */
class UringSubprocessPipesTest extends SubprocessPipesContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
