package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeContract;

/** The live exchange of drivers, on the default policy. */
class DefaultExchangeTest extends ExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
