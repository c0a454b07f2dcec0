package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BridgeContract;

/** A loop as Java's own executors and stages, on the io_uring policy. */
class UringBridgeTest extends BridgeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
