package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.tls.StreamEndContract;

/** {@link StreamEndContract}, on the default policy. */
class DefaultStreamEndTest extends StreamEndContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
