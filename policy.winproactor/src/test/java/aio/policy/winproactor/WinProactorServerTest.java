package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ServerContract;

/** Servers, on the completion policy of Windows. */
class WinProactorServerTest extends ServerContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
