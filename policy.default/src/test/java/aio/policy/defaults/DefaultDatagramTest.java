package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramContract;

/** Datagram endpoints, on the default policy. */
class DefaultDatagramTest extends DatagramContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
