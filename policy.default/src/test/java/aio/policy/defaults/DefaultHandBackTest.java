package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.HandBackContract;

/** What a driver hands back, taken over by the default policy. */
class DefaultHandBackTest extends HandBackContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
