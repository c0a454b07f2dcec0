package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BridgeContract;

/** A loop as Java's own executors and stages, on the completion policy of Windows. */
class WinProactorBridgeTest extends BridgeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
