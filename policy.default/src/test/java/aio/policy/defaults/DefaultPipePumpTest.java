package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PipePumpContract;

/** Pipes to streams, on the default policy. */
class DefaultPipePumpTest extends PipePumpContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
