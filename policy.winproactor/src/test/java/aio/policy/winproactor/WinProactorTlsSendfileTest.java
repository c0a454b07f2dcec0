package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsSendfileContract;

/** Sending files over TLS, on the completion policy of Windows. */
class WinProactorTlsSendfileTest extends TlsSendfileContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
