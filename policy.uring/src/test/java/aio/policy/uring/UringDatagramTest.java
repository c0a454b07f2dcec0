package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramContract;

/** Datagram endpoints, on the io_uring policy. */
class UringDatagramTest extends DatagramContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
