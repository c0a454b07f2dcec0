package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.SignalContract;

/** Signal handlers, on the selector policy of Windows. */
class WinSelectorSignalTest extends SignalContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
