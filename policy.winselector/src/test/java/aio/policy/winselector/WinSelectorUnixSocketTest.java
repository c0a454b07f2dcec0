package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.UnixSocketContract;

/** Unix domain sockets, on the selector policy of Windows. */
class WinSelectorUnixSocketTest extends UnixSocketContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
