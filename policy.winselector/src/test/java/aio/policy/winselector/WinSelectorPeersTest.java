package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PeersContract;

/** Connections with netcat, on the winselector policy. */
class WinSelectorPeersTest extends PeersContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
