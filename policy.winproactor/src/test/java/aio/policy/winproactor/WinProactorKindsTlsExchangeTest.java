package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsExchangeContract;

/** {@link TlsExchangeContract}, with exchanges between the selector and the completion policy of Windows. */
class WinProactorKindsTlsExchangeTest extends TlsExchangeContract {
    private boolean completes;

    @Override
    protected EventLoopPolicy newPolicy() {
        completes = !completes;
        return completes ? new WindowsProactorEventLoopPolicy() : new WinProactorKindsExchangeTest.OnTheSelector();
    }
}
