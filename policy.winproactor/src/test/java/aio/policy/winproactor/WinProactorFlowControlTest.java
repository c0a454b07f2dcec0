package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.FlowControlContract;

/** Flow control, on the completion policy of Windows. */
class WinProactorFlowControlTest extends FlowControlContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
