package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.DriverContract;
import aio.testkit.spi.StreamPortContract;
import org.junit.jupiter.api.Nested;

/** The contract suites, see {@link Variants#wholeBuffers}. */
class WholeBuffersTest {

    @Nested
    class Driver extends DriverContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.wholeBuffers();
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
            return Variants.wholeBuffers();
        }

        @Override
        protected boolean readsAhead() {
            return true;
        }
    }
}
