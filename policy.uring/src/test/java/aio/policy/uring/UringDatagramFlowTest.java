package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramFlowContract;

/** Flow control of datagram endpoints, on the io_uring policy. */
class UringDatagramFlowTest extends DatagramFlowContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
