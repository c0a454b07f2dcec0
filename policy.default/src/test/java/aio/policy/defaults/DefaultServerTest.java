package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ServerContract;

/** Servers, on the default policy. */
class DefaultServerTest extends ServerContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
