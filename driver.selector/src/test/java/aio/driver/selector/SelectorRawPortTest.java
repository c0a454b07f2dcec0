package aio.driver.selector;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.RawPortContract;

class SelectorRawPortTest extends RawPortContract {
    @Override
    protected IoDriverFactory factory() {
        return new SelectorDriverFactory();
    }
}
