package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.ConnectPortContract;

class UringConnectPortTest extends ConnectPortContract {
    @Override
    protected IoDriverFactory factory() {
        return Variants.receivingAtOnce();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }
}
