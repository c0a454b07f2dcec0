package aio.policy.defaults;

import aio.driver.proactor.ProactorDriverFactory;
import aio.driver.selector.SelectorDriverFactory;
import aio.spi.IoDriverFactory;
import aio.testkit.limits.StoppedContract;

/** Processes with too few descriptors, too little memory, or that are stopped, on the driver of this policy. */
class DefaultLimitsTest extends StoppedContract {
    @Override
    protected Class<? extends IoDriverFactory> driver() {
        return SelectorDriverFactory.class;
    }

    @Override
    protected Class<? extends IoDriverFactory> otherDriver() {
        return ProactorDriverFactory.class;
    }
}
