package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeStressContract;

/** Exchanges that cross each other or fail under traffic, on the default policy. */
class DefaultExchangeStressTest extends ExchangeStressContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
