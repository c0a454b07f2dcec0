package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PipeContract;

/** Pipes, on the io_uring policy. */
class UringPipeTest extends PipeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
