package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ConnectionContract;

/** Connecting, on the completion policy of Windows. */
class WinProactorConnectionTest extends ConnectionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
