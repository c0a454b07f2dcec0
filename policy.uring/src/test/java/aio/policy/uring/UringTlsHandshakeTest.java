package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsHandshakeContract;

/** {@link TlsHandshakeContract}, on the io_uring policy. */
class UringTlsHandshakeTest extends TlsHandshakeContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
