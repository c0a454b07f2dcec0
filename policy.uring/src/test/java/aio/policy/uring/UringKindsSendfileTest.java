package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.SendfileContract;

/** {@link SendfileContract}, with exchanges between all three kinds of driver. */
class UringKindsSendfileTest extends SendfileContract {
    private final Kinds kinds = new Kinds();

    @Override
    protected EventLoopPolicy policy() {
        return kinds.next();
    }
}
