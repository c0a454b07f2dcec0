package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsSendfileContract;

/** Sending files over TLS, on the io_uring policy. */
class UringTlsSendfileTest extends TlsSendfileContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
