package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsPeersContract;

/** TLS with OpenSSL and curl, on the completion policy of Windows. */
class WinProactorTlsPeersTest extends TlsPeersContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
