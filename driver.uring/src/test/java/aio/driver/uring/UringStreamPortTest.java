package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.StreamPortContract;

class UringStreamPortTest extends StreamPortContract {
    @Override
    protected IoDriverFactory factory() {
        return Variants.receivingAtOnce();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }
}
