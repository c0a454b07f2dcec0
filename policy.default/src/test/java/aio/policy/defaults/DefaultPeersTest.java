package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PeersContract;

/** Connections with netcat, on the default policy. */
class DefaultPeersTest extends PeersContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
