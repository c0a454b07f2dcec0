package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PeersContract;

/** Connections with netcat, on the io_uring policy. */
class UringPeersTest extends PeersContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
