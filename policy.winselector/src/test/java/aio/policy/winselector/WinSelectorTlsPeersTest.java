package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsPeersContract;

/** TLS with OpenSSL and curl, on the selector policy of Windows. */
class WinSelectorTlsPeersTest extends TlsPeersContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
