package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeContract;

/** The live exchange of drivers, on the completion policy of Windows. */
class WinProactorExchangeTest extends ExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }

    @Override
    protected boolean watchesDescriptors() {
        return false;
    }
}
