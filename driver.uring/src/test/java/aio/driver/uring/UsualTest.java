package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.HandOverContract;
import aio.testkit.spi.StreamPortContract;
import org.junit.jupiter.api.Nested;

/** The contract suites on the driver as it is used: streams read until it is worthwhile to let the kernel receive. */
class UsualTest {

    @Nested
    class Stream extends StreamPortContract {
        @Override
        protected IoDriverFactory factory() {
            return new UringDriverFactory();
        }

        @Override
        protected boolean readsAhead() {
            return true;
        }
    }

    @Nested
    class HandOver extends HandOverContract {
        @Override
        protected IoDriverFactory factory() {
            return new UringDriverFactory();
        }

        @Override
        protected boolean readsAhead() {
            return true;
        }
    }
}
