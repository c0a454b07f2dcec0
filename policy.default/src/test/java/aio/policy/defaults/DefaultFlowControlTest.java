package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.FlowControlContract;

/** Flow control, on the default policy. */
class DefaultFlowControlTest extends FlowControlContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
