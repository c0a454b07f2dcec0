package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsConnectionContract;

/** TLS clients and servers, on the default policy. */
class DefaultTlsConnectionTest extends TlsConnectionContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
