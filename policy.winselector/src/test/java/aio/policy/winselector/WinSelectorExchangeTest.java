package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeContract;

/** The live exchange of drivers, on the selector policy of Windows. */
class WinSelectorExchangeTest extends ExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
