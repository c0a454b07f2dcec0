package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BrokenConnectionContract;

/** {@link BrokenConnectionContract}, on the io_uring policy. */
class UringBrokenConnectionTest extends BrokenConnectionContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
