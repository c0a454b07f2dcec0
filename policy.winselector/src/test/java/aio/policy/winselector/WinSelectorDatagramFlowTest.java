package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramFlowContract;

/** Flow control of datagram endpoints, on the selector policy of Windows. */
class WinSelectorDatagramFlowTest extends DatagramFlowContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
