package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.ExchangeStressContract;

/** {@link ExchangeStressContract}, with exchanges between all three kinds of driver. */
class UringKindsExchangeStressTest extends ExchangeStressContract {
    private final Kinds kinds = new Kinds();

    @Override
    protected EventLoopPolicy policy() {
        return kinds.next();
    }
}
