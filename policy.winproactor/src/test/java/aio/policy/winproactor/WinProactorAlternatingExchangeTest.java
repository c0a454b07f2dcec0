package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeContract;
import java.util.concurrent.atomic.AtomicInteger;

/** The live exchange of drivers, each time to the other kind of driver. */
class WinProactorAlternatingExchangeTest extends ExchangeContract {
    private final AtomicInteger policies = new AtomicInteger();

    @Override
    protected EventLoopPolicy policy() {
        return policies.getAndIncrement() % 2 == 0
                ? new WindowsProactorEventLoopPolicy()
                : new WinProactorKindsExchangeTest.OnTheSelector();
    }

    @Override
    protected boolean watchesDescriptors() {
        return false;
    }
}
