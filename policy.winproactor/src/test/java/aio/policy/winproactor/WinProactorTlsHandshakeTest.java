package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsHandshakeContract;

/** {@link TlsHandshakeContract}, on the completion policy of Windows. */
class WinProactorTlsHandshakeTest extends TlsHandshakeContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
