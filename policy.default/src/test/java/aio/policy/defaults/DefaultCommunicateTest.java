package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.CommunicateContract;

class DefaultCommunicateTest extends CommunicateContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
