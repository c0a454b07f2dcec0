package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketCloseContract;

/** {@link RawSocketCloseContract}, on the io_uring policy. */
class UringRawSocketCloseTest extends RawSocketCloseContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
