package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.NameResolutionContract;

/** Names and addresses, on the default policy. */
class DefaultNameResolutionTest extends NameResolutionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
