package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramExchangeContract;

/** The live exchange of drivers under datagram endpoints, on the io_uring policy. */
class UringDatagramExchangeTest extends DatagramExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
