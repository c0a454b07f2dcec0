package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.UnixSocketContract;

/** Unix domain sockets, on the completion policy of Windows. */
class WinProactorUnixSocketTest extends UnixSocketContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
