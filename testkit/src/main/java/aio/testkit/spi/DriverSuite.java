package aio.testkit.spi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.spi.DriverFeature;
import aio.spi.IoDriverFactory;
import org.junit.jupiter.api.Nested;

/**
 * All contracts of the driver seam, for authors of drivers: extend this class, and return its factory. What a driver
 * does not serve is skipped. A policy that brings the driver is tested by {@code aio.testkit.PolicySuite}.
 */
public abstract class DriverSuite {

    /** For subclasses. */
    protected DriverSuite() {}

    /** Returns a factory of the driver under test. */
    protected abstract IoDriverFactory driver();

    /**
     * Tells whether the driver reads into buffers of its own and accepts before it delivers (completion), or operates
     * right before it delivers (readiness), as is assumed.
     */
    protected boolean readsAhead() {
        return false;
    }

    private IoDriverFactory serving(DriverFeature feature) {
        IoDriverFactory made = driver();
        assumeTrue(
                made.features().contains(feature), () -> "driver " + made.name() + " does not serve " + feature);
        return made;
    }

    /** {@link DriverContract}. */
    @Nested
    class Turns extends DriverContract {
        @Override
        protected IoDriverFactory factory() {
            return driver();
        }

        @Override
        protected boolean readsAhead() {
            return DriverSuite.this.readsAhead();
        }
    }

    /** {@link StreamPortContract}. */
    @Nested
    class StreamPort extends StreamPortContract {
        @Override
        protected IoDriverFactory factory() {
            return driver();
        }

        @Override
        protected boolean readsAhead() {
            return DriverSuite.this.readsAhead();
        }
    }

    /** {@link ListenerPortContract}. */
    @Nested
    class ListenerPort extends ListenerPortContract {
        @Override
        protected IoDriverFactory factory() {
            return driver();
        }

        @Override
        protected boolean readsAhead() {
            return DriverSuite.this.readsAhead();
        }
    }

    /** {@link ConnectPortContract}. */
    @Nested
    class ConnectPort extends ConnectPortContract {
        @Override
        protected IoDriverFactory factory() {
            return driver();
        }

        @Override
        protected boolean readsAhead() {
            return DriverSuite.this.readsAhead();
        }
    }

    /** {@link HandOverContract}. */
    @Nested
    class HandOver extends HandOverContract {
        @Override
        protected IoDriverFactory factory() {
            return driver();
        }

        @Override
        protected boolean readsAhead() {
            return DriverSuite.this.readsAhead();
        }
    }

    /** {@link DatagramPortContract}. */
    @Nested
    class DatagramPort extends DatagramPortContract {
        @Override
        protected IoDriverFactory factory() {
            return serving(DriverFeature.DATAGRAMS);
        }

        @Override
        protected boolean readsAhead() {
            return DriverSuite.this.readsAhead();
        }
    }

    /** {@link RawPortContract}. */
    @Nested
    class RawPort extends RawPortContract {
        @Override
        protected IoDriverFactory factory() {
            return serving(DriverFeature.RAW_SOCKETS);
        }

        @Override
        protected boolean readsAhead() {
            return DriverSuite.this.readsAhead();
        }
    }
}
