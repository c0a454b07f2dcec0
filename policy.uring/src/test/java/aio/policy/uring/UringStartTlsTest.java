package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.StartTlsContract;

/** TLS on connections that are there already, on the io_uring policy. */
class UringStartTlsTest extends StartTlsContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
