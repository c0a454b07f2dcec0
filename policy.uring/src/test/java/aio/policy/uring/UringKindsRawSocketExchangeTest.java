package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.RawSocketExchangeContract;

/** {@link RawSocketExchangeContract}, with exchanges between all three kinds of driver. */
class UringKindsRawSocketExchangeTest extends RawSocketExchangeContract {
    private final Kinds kinds = new Kinds();

    @Override
    protected EventLoopPolicy policy() {
        return kinds.next();
    }
}
