package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketCloseContract;

/** {@link RawSocketCloseContract}, on the completion policy of Windows. */
class WinProactorRawSocketCloseTest extends RawSocketCloseContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
