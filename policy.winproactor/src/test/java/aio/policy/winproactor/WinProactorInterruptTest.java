package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.InterruptContract;

/** Interrupts, over the driver of {@link WindowsProactorEventLoopPolicy}. */
class WinProactorInterruptTest extends InterruptContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
