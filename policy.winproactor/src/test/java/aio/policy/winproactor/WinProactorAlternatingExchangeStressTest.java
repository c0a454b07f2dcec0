package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeStressContract;
import java.util.concurrent.atomic.AtomicInteger;

/** Exchanges that cross each other or fail under traffic, each time to the other kind of driver. */
class WinProactorAlternatingExchangeStressTest extends ExchangeStressContract {
    private final AtomicInteger policies = new AtomicInteger();

    @Override
    protected EventLoopPolicy policy() {
        return policies.getAndIncrement() % 2 == 0
                ? new WindowsProactorEventLoopPolicy()
                : new WinProactorKindsExchangeTest.OnTheSelector();
    }
}
