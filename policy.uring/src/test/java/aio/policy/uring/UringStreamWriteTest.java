package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StreamWriteContract;

/** The sending side of streams, on the io_uring policy. */
class UringStreamWriteTest extends StreamWriteContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
