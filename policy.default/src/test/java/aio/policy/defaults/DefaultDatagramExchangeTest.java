package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramExchangeContract;

/** The live exchange of drivers under datagram endpoints, on the default policy. */
class DefaultDatagramExchangeTest extends DatagramExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
