package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeStressContract;

/** Exchanges that cross each other or fail under traffic, on the io_uring policy. */
class UringExchangeStressTest extends ExchangeStressContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
