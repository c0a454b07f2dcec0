package aio.policy.winproactor;

import aio.driver.proactor.ProactorDriverFactory;
import aio.driver.selector.SelectorDriverFactory;
import aio.spi.IoDriverFactory;
import aio.testkit.limits.LimitsContract;

/** Processes with too few descriptors or too little memory, on the driver of this policy. */
class WinProactorLimitsTest extends LimitsContract {
    @Override
    protected Class<? extends IoDriverFactory> driver() {
        return ProactorDriverFactory.class;
    }

    @Override
    protected Class<? extends IoDriverFactory> otherDriver() {
        return SelectorDriverFactory.class;
    }
}
