package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.SignalContract;

/** Signal handlers, on the completion policy of Windows. */
class WinProactorSignalTest extends SignalContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
