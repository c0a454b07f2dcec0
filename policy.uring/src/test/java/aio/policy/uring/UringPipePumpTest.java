package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PipePumpContract;

/** Pipes to streams, on the io_uring policy. */
class UringPipePumpTest extends PipePumpContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
