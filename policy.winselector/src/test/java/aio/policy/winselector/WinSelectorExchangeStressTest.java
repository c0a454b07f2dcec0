package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeStressContract;

/** Exchanges that cross each other or fail under traffic, on the selector policy of Windows. */
class WinSelectorExchangeStressTest extends ExchangeStressContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
