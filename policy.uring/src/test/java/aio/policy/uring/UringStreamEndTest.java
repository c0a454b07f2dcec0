package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.StreamEndContract;

/** {@link StreamEndContract}, on the io_uring policy. */
class UringStreamEndTest extends StreamEndContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new UringEventLoopPolicy();
    }
}
