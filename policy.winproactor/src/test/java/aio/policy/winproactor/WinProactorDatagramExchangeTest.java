package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramExchangeContract;

/** The live exchange of drivers under datagram endpoints, on the proactor policy of Windows. */
class WinProactorDatagramExchangeTest extends DatagramExchangeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
