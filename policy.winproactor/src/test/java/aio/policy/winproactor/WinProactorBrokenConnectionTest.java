package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BrokenConnectionContract;

/** {@link BrokenConnectionContract}, on the completion policy of Windows. */
class WinProactorBrokenConnectionTest extends BrokenConnectionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
