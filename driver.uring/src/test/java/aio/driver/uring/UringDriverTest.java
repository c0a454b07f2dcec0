package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.DriverContract;

class UringDriverTest extends DriverContract {
    @Override
    protected IoDriverFactory factory() {
        return Variants.receivingAtOnce();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }
}
