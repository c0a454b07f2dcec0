package ${package};

import aio.spi.IoDriverFactory;
import aio.testkit.spi.DriverSuite;

/** All that is asked of a driver. */
class OwnDriverFactoryTest extends DriverSuite {
    @Override
    protected IoDriverFactory driver() {
        return new OwnDriverFactory();
    }
}
