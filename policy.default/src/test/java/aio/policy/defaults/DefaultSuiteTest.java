package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.PolicySuite;

/** All contracts, on {@link DefaultEventLoopPolicy} and a plain class path. */
class DefaultSuiteTest extends PolicySuite {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
