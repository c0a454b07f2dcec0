package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsSendfileContract;

/** Sending files over TLS, on the default policy. */
class DefaultTlsSendfileTest extends TlsSendfileContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
