package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ConnectionContract;

/** Connecting, on the io_uring policy. */
class UringConnectionTest extends ConnectionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
