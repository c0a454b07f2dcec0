package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsExchangeContract;

/** TLS while the driver is exchanged, on the completion policy of Windows. */
class WinProactorTlsExchangeTest extends TlsExchangeContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
