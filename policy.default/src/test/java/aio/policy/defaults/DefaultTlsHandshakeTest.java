package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsHandshakeContract;

/** {@link TlsHandshakeContract}, on the default policy. */
class DefaultTlsHandshakeTest extends TlsHandshakeContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
