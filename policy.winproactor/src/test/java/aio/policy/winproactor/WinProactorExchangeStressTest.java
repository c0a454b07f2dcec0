package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeStressContract;

/** Exchanges that cross each other or fail under traffic, on the completion policy of Windows. */
class WinProactorExchangeStressTest extends ExchangeStressContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
