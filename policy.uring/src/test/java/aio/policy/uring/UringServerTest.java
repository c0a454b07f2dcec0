package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ServerContract;

/** Servers, on the io_uring policy. */
class UringServerTest extends ServerContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
