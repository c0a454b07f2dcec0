package aio.driver.proactor;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.HandOverContract;

class ProactorHandOverTest extends HandOverContract {
    @Override
    protected IoDriverFactory factory() {
        return new ProactorDriverFactory();
    }

    @Override
    protected boolean readsAhead() {
        return true;
    }
}
