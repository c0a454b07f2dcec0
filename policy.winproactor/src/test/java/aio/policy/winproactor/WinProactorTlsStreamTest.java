package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsStreamContract;

/** TLS streams, on the completion policy of Windows. */
class WinProactorTlsStreamTest extends TlsStreamContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
