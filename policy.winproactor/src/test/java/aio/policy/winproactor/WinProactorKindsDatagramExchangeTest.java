package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramExchangeContract;

/** {@link DatagramExchangeContract}, with exchanges between the selector and the completion policy of Windows. */
class WinProactorKindsDatagramExchangeTest extends DatagramExchangeContract {
    private boolean completes;

    @Override
    protected EventLoopPolicy policy() {
        completes = !completes;
        return completes ? new WindowsProactorEventLoopPolicy() : new WinProactorKindsExchangeTest.OnTheSelector();
    }
}
