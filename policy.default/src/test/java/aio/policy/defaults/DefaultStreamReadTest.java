package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StreamReadContract;

/** The receiving side of streams, on the default policy. */
class DefaultStreamReadTest extends StreamReadContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
