package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StreamReadContract;

/** The receiving side of streams, on the io_uring policy. */
class UringStreamReadTest extends StreamReadContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
