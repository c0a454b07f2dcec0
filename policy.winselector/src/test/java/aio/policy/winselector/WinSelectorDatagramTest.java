package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramContract;

/** Datagram endpoints, on the selector policy of Windows. */
class WinSelectorDatagramTest extends DatagramContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
