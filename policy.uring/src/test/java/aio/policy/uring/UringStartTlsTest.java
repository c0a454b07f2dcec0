package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.StartTlsContract;

/** TLS on open connections, on the io_uring policy. */
class UringStartTlsTest extends StartTlsContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
