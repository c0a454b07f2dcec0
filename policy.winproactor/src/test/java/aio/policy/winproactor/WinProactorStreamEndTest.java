package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.StreamEndContract;

/** {@link StreamEndContract}, on the completion policy of Windows. */
class WinProactorStreamEndTest extends StreamEndContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
