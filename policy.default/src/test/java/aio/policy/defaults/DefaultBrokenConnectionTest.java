package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BrokenConnectionContract;

/** {@link BrokenConnectionContract}, on the default policy. */
class DefaultBrokenConnectionTest extends BrokenConnectionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
