package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeFaultContract;

/** Drivers that fail around an exchange, on the io_uring policy. */
class UringExchangeFaultTest extends ExchangeFaultContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
