package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.DriverContract;
import aio.testkit.spi.StreamPortContract;
import org.junit.jupiter.api.Nested;

/** The contract suites, see {@link Variants#notDeferred}. */
class NotDeferredTest {

    @Nested
    class Driver extends DriverContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.notDeferred();
        }

        @Override
        protected boolean readsAhead() {
            return true;
        }
    }

    @Nested
    class Stream extends StreamPortContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.notDeferred();
        }

        @Override
        protected boolean readsAhead() {
            return true;
        }
    }
}
