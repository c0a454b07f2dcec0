package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsExchangeContract;

/** TLS while the driver is exchanged, on the io_uring policy. */
class UringTlsExchangeTest extends TlsExchangeContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
