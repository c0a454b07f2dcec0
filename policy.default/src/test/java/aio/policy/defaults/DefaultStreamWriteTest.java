package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StreamWriteContract;

/** The sending side of streams, on the default policy. */
class DefaultStreamWriteTest extends StreamWriteContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
