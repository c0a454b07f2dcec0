package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.StreamEndContract;

/** {@link StreamEndContract}, with exchanges between the selector and the completion policy of Windows. */
class WinProactorKindsStreamEndTest extends StreamEndContract {
    private boolean completes;

    @Override
    protected EventLoopPolicy newPolicy() {
        completes = !completes;
        return completes ? new WindowsProactorEventLoopPolicy() : new WinProactorKindsExchangeTest.OnTheSelector();
    }
}
