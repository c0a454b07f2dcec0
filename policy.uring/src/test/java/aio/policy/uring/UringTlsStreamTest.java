package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsStreamContract;

/** TLS streams, on the io_uring policy. */
class UringTlsStreamTest extends TlsStreamContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
