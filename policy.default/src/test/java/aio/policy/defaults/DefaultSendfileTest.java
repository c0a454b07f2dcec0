package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.SendfileContract;

/** Sending files, on the default policy. */
class DefaultSendfileTest extends SendfileContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
