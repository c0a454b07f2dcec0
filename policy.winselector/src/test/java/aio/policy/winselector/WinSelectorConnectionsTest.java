package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ConnectionsContract;

/** {@link ConnectionsContract}, on the selector policy of Windows. */
class WinSelectorConnectionsTest extends ConnectionsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
