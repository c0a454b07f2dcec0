package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketExchangeContract;

/** The live exchange of drivers under raw socket operations, on the io_uring policy. */
class UringRawSocketExchangeTest extends RawSocketExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
