package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.HappyEyeballsContract;

/** Connecting to several addresses, on the io_uring policy. */
class UringHappyEyeballsTest extends HappyEyeballsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
