package aio.driver.proactor;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.RawPortContract;

class ProactorRawPortTest extends RawPortContract {
    @Override
    protected IoDriverFactory factory() {
        return new ProactorDriverFactory();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }
}
