package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsExchangeContract;

/** TLS while the driver is exchanged, on the selector policy of Windows. */
class WinSelectorTlsExchangeTest extends TlsExchangeContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
