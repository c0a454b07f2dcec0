package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.PipeContract;

/** Pipes, on the default policy. */
class DefaultPipeTest extends PipeContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
