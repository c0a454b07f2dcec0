package aio.policy.uring;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StatisticsContract;

/** Statistics, on the io_uring policy. */
class UringStatisticsTest extends StatisticsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new UringEventLoopPolicy();
    }
}
