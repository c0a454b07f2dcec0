package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsPeersContract;

/** TLS with OpenSSL and curl, on the default policy. */
class DefaultTlsPeersTest extends TlsPeersContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
