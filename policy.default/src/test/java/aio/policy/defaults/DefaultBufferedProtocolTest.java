package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.BufferedProtocolContract;

/** Buffered protocols, on the default policy. */
class DefaultBufferedProtocolTest extends BufferedProtocolContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
