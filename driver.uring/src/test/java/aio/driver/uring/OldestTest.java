package aio.driver.uring;

import aio.spi.IoDriverFactory;
import aio.testkit.spi.ConnectPortContract;
import aio.testkit.spi.DatagramPortContract;
import aio.testkit.spi.HandOverContract;
import aio.testkit.spi.ListenerPortContract;
import aio.testkit.spi.RawPortContract;
import aio.testkit.spi.StreamPortContract;
import org.junit.jupiter.api.Nested;

/** The contract suites, see {@link Variants#oldest}. */
class OldestTest {

    @Nested
    class Stream extends StreamPortContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.oldest();
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
            return Variants.oldest();
        }

        @Override
        protected boolean readsAhead() {
            return true;
        }
    }

    @Nested
    class Listener extends ListenerPortContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.oldest();
        }
    }

    @Nested
    class Connect extends ConnectPortContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.oldest();
        }

        @Override
        protected boolean readsAhead() {
            return true;
        }
    }

    @Nested
    class Datagram extends DatagramPortContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.oldest();
        }
    }

    @Nested
    class Raw extends RawPortContract {
        @Override
        protected IoDriverFactory factory() {
            return Variants.oldest();
        }
    }
}
