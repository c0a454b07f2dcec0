package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.InterruptContract;

/** Interrupts, over the driver of {@link WindowsSelectorEventLoopPolicy}. */
class WinSelectorInterruptTest extends InterruptContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
