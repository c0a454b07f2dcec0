package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.PolicySuite;

/** All contracts, on {@link UringEventLoopPolicy} and a plain class path. */
class UringSuiteTest extends PolicySuite {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
