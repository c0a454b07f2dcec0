package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeContract;

/** {@link ExchangeContract}, with exchanges between all three kinds of driver. */
class UringKindsExchangeTest extends ExchangeContract {
    private final Kinds kinds = new Kinds();

    @Override
    protected EventLoopPolicy policy() {
        return kinds.next();
    }

    @Override
    protected boolean watchesDescriptors() {
        return false;
    }
}
