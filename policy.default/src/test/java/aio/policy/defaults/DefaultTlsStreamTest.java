package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsStreamContract;

/** TLS streams, on the default policy. */
class DefaultTlsStreamTest extends TlsStreamContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
