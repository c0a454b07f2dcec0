package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketExchangeContract;

/** {@link RawSocketExchangeContract}, with exchanges between the selector and the completion policy of Windows. */
class WinProactorKindsRawSocketExchangeTest extends RawSocketExchangeContract {
    private boolean completes;

    @Override
    protected EventLoopPolicy policy() {
        completes = !completes;
        return completes ? new WindowsProactorEventLoopPolicy() : new WinProactorKindsExchangeTest.OnTheSelector();
    }
}
