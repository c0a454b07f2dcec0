package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramFlowContract;

/** Flow control of datagram endpoints, on the proactor policy of Windows. */
class WinProactorDatagramFlowTest extends DatagramFlowContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
