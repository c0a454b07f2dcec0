package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsStreamContract;

/** TLS streams, on the selector policy of Windows. */
class WinSelectorTlsStreamTest extends TlsStreamContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
