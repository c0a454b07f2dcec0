package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsHandshakeContract;

/** {@link TlsHandshakeContract}, on the selector policy of Windows. */
class WinSelectorTlsHandshakeTest extends TlsHandshakeContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
