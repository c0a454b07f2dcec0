package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ConnectionContract;

/** Connecting, on the selector policy of Windows. */
class WinSelectorConnectionTest extends ConnectionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
