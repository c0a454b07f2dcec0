package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.SubprocessSignalsContract;

/** Signals to child processes, on the io_uring policy. */
class UringSubprocessSignalsTest extends SubprocessSignalsContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
