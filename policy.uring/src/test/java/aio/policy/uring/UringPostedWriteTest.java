package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PostedWriteContract;

class UringPostedWriteTest extends PostedWriteContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
