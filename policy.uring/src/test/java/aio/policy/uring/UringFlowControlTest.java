package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.FlowControlContract;

/** Flow control, on the io_uring policy. */
class UringFlowControlTest extends FlowControlContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
