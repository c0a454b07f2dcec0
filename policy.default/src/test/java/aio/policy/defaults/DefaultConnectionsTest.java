package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ConnectionsContract;

/** {@link ConnectionsContract}, on the default policy. */
class DefaultConnectionsTest extends ConnectionsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
