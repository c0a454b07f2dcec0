package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.SendfileContract;

/** {@link SendfileContract}, with exchanges between the selector and the completion policy of Windows. */
class WinProactorKindsSendfileTest extends SendfileContract {
    private boolean completes;

    @Override
    protected EventLoopPolicy policy() {
        completes = !completes;
        return completes ? new WindowsProactorEventLoopPolicy() : new WinProactorKindsExchangeTest.OnTheSelector();
    }
}
