package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.LeaveOut;
import aio.testkit.PolicySuite;
import aio.testkit.process.SubprocessPipesContract;

/** All contracts, on the completion policy of Windows. */
@LeaveOut(value = {SubprocessPipesContract.class},
        because = "no driver has a part in the pipes of children; the default policy keeps them")
class WinProactorSuiteTest extends PolicySuite {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
