package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PostedWriteContract;

class DefaultPostedWriteTest extends PostedWriteContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
