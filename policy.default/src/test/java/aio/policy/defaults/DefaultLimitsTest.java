package aio.policy.defaults;

import aio.driver.proactor.ProactorDriverFactory;
import aio.driver.selector.SelectorDriverFactory;
import aio.spi.IoDriverFactory;
import aio.testkit.limits.LimitsContract;

/** Processes with too few descriptors, on the driver of this policy. */
class DefaultLimitsTest extends LimitsContract {
    @Override
    protected Class<? extends IoDriverFactory> driver() {
        return SelectorDriverFactory.class;
    }

    @Override
    protected Class<? extends IoDriverFactory> otherDriver() {
        return ProactorDriverFactory.class;
    }
}
