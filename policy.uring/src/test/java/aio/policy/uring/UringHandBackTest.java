package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.HandBackContract;

/** What a driver hands back, taken over by the io_uring policy. */
class UringHandBackTest extends HandBackContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
