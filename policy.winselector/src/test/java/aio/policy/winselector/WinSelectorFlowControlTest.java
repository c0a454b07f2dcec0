package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.FlowControlContract;

/** Flow control, on the selector policy of Windows. */
class WinSelectorFlowControlTest extends FlowControlContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
