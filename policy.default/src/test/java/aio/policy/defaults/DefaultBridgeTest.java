package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BridgeContract;

/** A loop as Java's own executors and stages, on the default policy. */
class DefaultBridgeTest extends BridgeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
