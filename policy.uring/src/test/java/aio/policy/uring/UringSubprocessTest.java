package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.SubprocessContract;

/** Child processes, on the io_uring policy. */
class UringSubprocessTest extends SubprocessContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
