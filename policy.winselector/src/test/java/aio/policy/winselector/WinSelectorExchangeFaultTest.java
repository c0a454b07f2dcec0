package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeFaultContract;

/** Drivers that fail around an exchange, on the selector policy of Windows. */
class WinSelectorExchangeFaultTest extends ExchangeFaultContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
