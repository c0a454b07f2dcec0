package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeFaultContract;

/** Drivers that fail around an exchange, on the default policy. */
class DefaultExchangeFaultTest extends ExchangeFaultContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
