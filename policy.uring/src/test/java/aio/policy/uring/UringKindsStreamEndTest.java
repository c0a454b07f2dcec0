package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.StreamEndContract;

/** {@link StreamEndContract}, with exchanges between all three kinds of driver. */
class UringKindsStreamEndTest extends StreamEndContract {
    private final Kinds kinds = new Kinds();

    @Override
    protected EventLoopPolicy newPolicy() {
        return kinds.next();
    }
}
