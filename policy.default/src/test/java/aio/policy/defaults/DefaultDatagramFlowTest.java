package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramFlowContract;

/** Flow control of datagram endpoints, on the default policy. */
class DefaultDatagramFlowTest extends DatagramFlowContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
