package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.DatagramExchangeContract;

/** {@link DatagramExchangeContract}, with exchanges between all three kinds of driver. */
class UringKindsDatagramExchangeTest extends DatagramExchangeContract {
    private final Kinds kinds = new Kinds();

    @Override
    protected EventLoopPolicy policy() {
        return kinds.next();
    }
}
