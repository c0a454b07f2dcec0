package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsConnectionContract;

/** TLS clients and servers, on the selector policy of Windows. */
class WinSelectorTlsConnectionTest extends TlsConnectionContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
