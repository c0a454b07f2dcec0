package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketContract;

/** Raw socket operations, on the default policy. */
class DefaultRawSocketTest extends RawSocketContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
