package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ConnectionsContract;

/** {@link ConnectionsContract}, on the completion policy of Windows. */
class WinProactorConnectionsTest extends ConnectionsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
