package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.SendfileContract;

/** Sending files, on the io_uring policy. */
class UringSendfileTest extends SendfileContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
