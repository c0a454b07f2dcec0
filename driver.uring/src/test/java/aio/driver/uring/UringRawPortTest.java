package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.RawPortContract;

class UringRawPortTest extends RawPortContract {
    @Override
    protected IoDriverFactory factory() {
        return Variants.receivingAtOnce();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }
}
