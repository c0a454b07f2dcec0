package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.PolicyMethodsContract;

class DefaultPolicyMethodsTest extends PolicyMethodsContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }
}
