package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.SignalContract;

/** Signal handlers, on the default policy. */
class DefaultSignalTest extends SignalContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
