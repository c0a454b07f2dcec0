package aio.policy.winproactor;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StatisticsContract;

/** {@link StatisticsContract}, on the completion policy of Windows. */
class WinProactorStatisticsTest extends StatisticsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new WindowsProactorEventLoopPolicy();
    }
}
