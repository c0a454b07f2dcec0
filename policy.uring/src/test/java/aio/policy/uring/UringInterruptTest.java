package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.InterruptContract;

/** Interrupts, on the io_uring policy. */
class UringInterruptTest extends InterruptContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
