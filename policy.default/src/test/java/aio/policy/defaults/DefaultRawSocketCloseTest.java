package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketCloseContract;

/** {@link RawSocketCloseContract}, on the default policy. */
class DefaultRawSocketCloseTest extends RawSocketCloseContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
