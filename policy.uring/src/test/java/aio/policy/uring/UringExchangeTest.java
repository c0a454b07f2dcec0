package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeContract;

/** The live exchange of drivers, on the io_uring policy. */
class UringExchangeTest extends ExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
