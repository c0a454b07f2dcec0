package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.UnixSocketContract;

/** Unix domain sockets, on the default policy. */
class DefaultUnixSocketTest extends UnixSocketContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
