package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ConnectionsContract;

/** {@link ConnectionsContract}, on the io_uring policy. */
class UringConnectionsTest extends ConnectionsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
