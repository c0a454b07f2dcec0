package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.net.StatisticsContract;

/** {@link StatisticsContract}, on the default policy. */
class DefaultStatisticsTest extends StatisticsContract {
    @Override
    protected EventLoopPolicy policy() {
        return new DefaultEventLoopPolicy();
    }
}
