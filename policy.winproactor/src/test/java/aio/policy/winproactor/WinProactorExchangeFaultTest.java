package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeFaultContract;

/** Drivers that fail around an exchange, on the completion policy of Windows. */
class WinProactorExchangeFaultTest extends ExchangeFaultContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
