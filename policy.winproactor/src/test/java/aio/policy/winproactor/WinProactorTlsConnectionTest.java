package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsConnectionContract;

/** TLS clients and servers, on the completion policy of Windows. */
class WinProactorTlsConnectionTest extends TlsConnectionContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
