package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsExchangeContract;

/** TLS while the driver is exchanged, on the default policy. */
class DefaultTlsExchangeTest extends TlsExchangeContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
