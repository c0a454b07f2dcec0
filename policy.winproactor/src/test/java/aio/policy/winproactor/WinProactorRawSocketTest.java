package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketContract;

/** Raw socket operations, on the completion policy of Windows. */
class WinProactorRawSocketTest extends RawSocketContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
