package org.example.careful;

import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.testkit.PolicyContract;

/** asyncio's demands on a policy, checked on this one. */
class CarefulPolicyTest extends PolicyContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new CarefulPolicy(LoopFactory.ofClassPath());
    }
}
