package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.LeaveOut;
import aio.testkit.PolicySuite;
import aio.testkit.net.HandBackContract;
import aio.testkit.net.PipePumpContract;
import aio.testkit.process.CommunicateContract;
import aio.testkit.process.SubprocessContract;
import aio.testkit.process.SubprocessPipesContract;
import aio.testkit.process.SubprocessSignalsContract;
import aio.testkit.tls.DurationContract;

/** All contracts, on the selector policy of Windows. */
@LeaveOut(value = {HandBackContract.class, PipePumpContract.class, SubprocessContract.class,
        SubprocessPipesContract.class, SubprocessSignalsContract.class, CommunicateContract.class,
        DurationContract.class},
        because = "the default policy, whose driver is the same, keeps them")
class WinSelectorSuiteTest extends PolicySuite {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
