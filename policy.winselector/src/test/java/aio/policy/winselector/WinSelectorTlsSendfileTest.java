package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsSendfileContract;

/** Sending files over TLS, on the selector policy of Windows. */
class WinSelectorTlsSendfileTest extends TlsSendfileContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
