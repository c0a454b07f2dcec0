package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsConnectionContract;

/** TLS clients and servers, on the io_uring policy. */
class UringTlsConnectionTest extends TlsConnectionContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
