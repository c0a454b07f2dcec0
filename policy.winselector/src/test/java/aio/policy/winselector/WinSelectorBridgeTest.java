package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BridgeContract;

/** A loop as Java's own executors and stages, on the selector policy of Windows. */
class WinSelectorBridgeTest extends BridgeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
