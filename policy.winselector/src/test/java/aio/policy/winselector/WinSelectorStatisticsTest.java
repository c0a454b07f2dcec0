package aio.policy.winselector;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StatisticsContract;

/** {@link StatisticsContract}, on the selector policy of Windows. */
class WinSelectorStatisticsTest extends StatisticsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsSelectorEventLoopPolicy();
    }
}
