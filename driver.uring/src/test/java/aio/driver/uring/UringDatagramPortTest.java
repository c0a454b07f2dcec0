package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.DatagramPortContract;

class UringDatagramPortTest extends DatagramPortContract {
    @Override
    protected IoDriverFactory factory() {
        return Variants.receivingAtOnce();
    }
}
