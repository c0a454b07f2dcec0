package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketContract;

/** Raw socket operations, on the io_uring policy. */
class UringRawSocketTest extends RawSocketContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
