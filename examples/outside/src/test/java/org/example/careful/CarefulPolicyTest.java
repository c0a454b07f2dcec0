package org.example.careful;

import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.testkit.PolicyContract;

/** What asyncio asks of a policy, asked of this one. */
class CarefulPolicyTest extends PolicyContract {
    @Override
    protected EventLoopPolicy newPolicy() {
        return new CarefulPolicy(LoopFactory.ofClassPath());
    }
}
