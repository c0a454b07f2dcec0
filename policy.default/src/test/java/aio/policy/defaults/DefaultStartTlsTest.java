package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.StartTlsContract;

/** TLS on connections that are there already, on the default policy. */
class DefaultStartTlsTest extends StartTlsContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
