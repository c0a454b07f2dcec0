package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.ListenerPortContract;

class UringListenerPortTest extends ListenerPortContract {
    @Override
    protected IoDriverFactory factory() {
        return Variants.receivingAtOnce();
    }
}
