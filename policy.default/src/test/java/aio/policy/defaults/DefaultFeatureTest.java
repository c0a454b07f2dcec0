package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.FeatureContract;

/** Asking what a loop can do, on the default policy. */
class DefaultFeatureTest extends FeatureContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
