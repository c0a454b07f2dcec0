package aio.proof.policies;

import aio.driver.selector.SelectorDriverFactory;
import aio.loop.EventLoop;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.testkit.FutureContract;
import aio.testkit.LeaveOut;
import aio.testkit.PolicySuite;

/** The suite of a policy that installs each loop that it makes; run by {@link CasesTest} only. */
@LeaveOut(value = FutureContract.class, because = "this policy has no futures of its own")
class BadPolicySuite extends PolicySuite {
    @Override
    protected EventLoopPolicy policy() {
        return new Installing();
    }

    /** Makes loops and installs them, which asyncio's policies do not. */
    private static final class Installing extends AbstractEventLoopPolicy {
        Installing() {
            super(LoopFactory.ofClassPath(), new SelectorDriverFactory());
        }

        @Override
        public EventLoop newEventLoop() {
            EventLoop made = super.newEventLoop();
            setEventLoop(made);
            return made;
        }
    }
}
