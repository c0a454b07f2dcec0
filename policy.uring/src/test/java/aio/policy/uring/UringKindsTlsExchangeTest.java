package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.TlsExchangeContract;

/** {@link TlsExchangeContract}, with exchanges between all three kinds of driver. */
class UringKindsTlsExchangeTest extends TlsExchangeContract {
    private final Kinds kinds = new Kinds();

    @Override
    protected EventLoopPolicy newPolicy() {
        return kinds.next();
    }
}
