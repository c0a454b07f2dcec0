package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.ConnectPortContract;
import aio.testkit.spi.DatagramPortContract;
import aio.testkit.spi.DriverContract;
import aio.testkit.spi.ListenerPortContract;
import aio.testkit.spi.RawPortContract;
import aio.testkit.spi.StreamPortContract;
import org.junit.jupiter.api.Nested;

/** The contract suites, see {@link Variants#receivingAtOnce}. */
class ReceivingAtOnceTest {

    @Nested
    class Driver extends DriverContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.receivingAtOnce();
        }

        @Override
        protected boolean readsAhead() {
            return true;
        }
    }

    @Nested
    class StreamPort extends StreamPortContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.receivingAtOnce();
        }

        @Override
        protected boolean readsAhead() {
            return true;
        }
    }

    @Nested
    class ListenerPort extends ListenerPortContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.receivingAtOnce();
        }
    }

    @Nested
    class ConnectPort extends ConnectPortContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.receivingAtOnce();
        }

        @Override
        protected boolean readsAhead() {
            return true;
        }
    }

    @Nested
    class DatagramPort extends DatagramPortContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.receivingAtOnce();
        }
    }

    @Nested
    class RawPort extends RawPortContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.receivingAtOnce();
        }

        @Override
        protected boolean readsAhead() {
            return true;
        }
    }
}
