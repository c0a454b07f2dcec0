package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.SignalContract;

/** Signal handlers, on the io_uring policy. */
class UringSignalTest extends SignalContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
