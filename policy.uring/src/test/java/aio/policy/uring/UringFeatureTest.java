package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.FeatureContract;

/** Asking what a loop can do, on the io_uring policy. */
class UringFeatureTest extends FeatureContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
