package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BufferedProtocolContract;

/** Buffered protocols, on the io_uring policy. */
class UringBufferedProtocolTest extends BufferedProtocolContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
