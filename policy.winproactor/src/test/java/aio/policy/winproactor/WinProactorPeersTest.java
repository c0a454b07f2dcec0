package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PeersContract;

/** Connections with netcat, on the winproactor policy. */
class WinProactorPeersTest extends PeersContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
