package aio.driver.selector;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.HandOverContract;

class SelectorHandOverTest extends HandOverContract {
    @Override
    protected IoDriverFactory factory() {
        return new SelectorDriverFactory();
    }
}
