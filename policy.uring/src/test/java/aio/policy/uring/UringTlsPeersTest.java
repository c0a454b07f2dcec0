package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsPeersContract;

/** TLS with OpenSSL and curl, on the io_uring policy. */
class UringTlsPeersTest extends TlsPeersContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
