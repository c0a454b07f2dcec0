package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.StartTlsContract;

/** TLS on connections that are there already, on the completion policy of Windows. */
class WinProactorStartTlsTest extends StartTlsContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
