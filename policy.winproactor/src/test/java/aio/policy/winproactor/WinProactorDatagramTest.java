package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramContract;

/** Datagram endpoints, on the proactor policy of Windows. */
class WinProactorDatagramTest extends DatagramContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
