package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.UnixSocketContract;

/** Unix domain sockets, on the io_uring policy. */
class UringUnixSocketTest extends UnixSocketContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
