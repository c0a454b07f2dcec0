package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.HappyEyeballsContract;

/** Connecting to several addresses, on the default policy. */
class DefaultHappyEyeballsTest extends HappyEyeballsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
