package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ConnectionContract;

/** Connecting, on the default policy. */
class DefaultConnectionTest extends ConnectionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
