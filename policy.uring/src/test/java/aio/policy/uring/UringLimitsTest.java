package aio.policy.uring;

import aio.driver.selector.SelectorDriverFactory;
import aio.driver.uring.UringDriverFactory;
import aio.spi.IoDriverFactory;
import aio.testkit.limits.StoppedContract;

/** Processes with too few descriptors, too little memory, or that are stopped, on io_uring. */
class UringLimitsTest extends StoppedContract {
    @Override
    protected Class<? extends IoDriverFactory> driver() {
        return UringDriverFactory.class;
    }

    @Override
    protected Class<? extends IoDriverFactory> otherDriver() {
        return SelectorDriverFactory.class;
    }
}
