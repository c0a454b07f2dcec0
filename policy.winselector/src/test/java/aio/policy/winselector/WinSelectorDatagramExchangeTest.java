package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramExchangeContract;

/** The live exchange of drivers under datagram endpoints, on the selector policy of Windows. */
class WinSelectorDatagramExchangeTest extends DatagramExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
