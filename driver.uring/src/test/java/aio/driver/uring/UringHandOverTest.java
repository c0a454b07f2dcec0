package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.HandOverContract;

class UringHandOverTest extends HandOverContract {
    @Override
    protected IoDriverFactory factory() {
        return new UringDriverFactory();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }
}
