package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.NameResolutionContract;

/** Names and addresses, on the io_uring policy. */
class UringNameResolutionTest extends NameResolutionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
