package aio.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.testkit.Cases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the suites share: a driver of a loop "test", opened for each test, and what is closed after the test. */
@Timeout(30)
@ExtendWith(Cases.class)
public abstract class DriverFixture {
    /** A wait that is short for a test and long for a driver, in nanoseconds. */
    protected static final long SHORT = TimeUnit.MILLISECONDS.toNanos(20);
    /** How long is waited for what must happen: 20 s, or as many milliseconds as the system property says. */
    protected static final long PATIENCE =
            TimeUnit.MILLISECONDS.toNanos(Long.getLong("aio.testkit.patience.millis", 20_000));

    /** The driver under test. */
    protected IoDriver driver;
    private final List<AutoCloseable> resources = new ArrayList<>();

    /** Makes the factory under test; asked several times in a test. */
    protected abstract IoDriverFactory factory();

    /**
     * Tells the kind of driver: true for one that reads into buffers of its own and accepts before it delivers
     * (completion), false for one that operates right before it delivers (readiness). Asked already while the suite is
     * constructed.
     */
    protected boolean readsAhead() {
        return false;
    }

    @BeforeEach
    final void openDriver() throws IOException {
        driver = factory().open(() -> "test");
    }

    @AfterEach
    final void closeAll() throws Exception {
        if (driver != null) { // the test was skipped
            driver.close();
        }
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }

    /** Opens one more driver, closed with the rest. */
    protected final IoDriver open(String loopName) throws IOException {
        IoDriver opened = factory().open(() -> loopName);
        closing(opened::close);
        return opened;
    }

    /** Closes a resource after the test. */
    protected final <T extends AutoCloseable> T closing(T resource) {
        resources.add(resource);
        return resource;
    }

    /** Makes a recorder of this kind of driver's events. */
    protected final RecordingEvents recorder() {
        return new RecordingEvents(readsAhead());
    }

    /** Makes a recorder that writes into a shared log, under its name. */
    protected final RecordingEvents recorder(String name, List<String> log) {
        return new RecordingEvents(readsAhead(), name, log);
    }

    /** Makes one turn that does not wait for long. */
    protected final void turn() throws IOException {
        driver.poll(SHORT);
        driver.dispatch();
    }

    /** Turns the driver under test until the condition holds. */
    protected final void turnUntil(BooleanSupplier done) throws IOException {
        turnUntil(driver, done);
    }

    /** Turns a driver until the condition holds. */
    protected static void turnUntil(IoDriver turned, BooleanSupplier done) throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not reached in " + TimeUnit.NANOSECONDS.toMillis(PATIENCE) + " ms");
            }
            turned.poll(SHORT);
            turned.dispatch();
        }
    }

    /** Polls, without delivering, until so many events have been collected. */
    protected final void awaitCollected(int events) throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        while (driver.poll(-1) < events) {
            assertThat(System.nanoTime() - deadline).isNegative();
        }
    }

    /** Checks that a poll finds nothing and waits, instead of returning at once for ever. */
    protected final void assertPollWaits() throws IOException {
        long start = System.nanoTime();
        assertThat(driver.poll(SHORT)).isZero();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT);
    }
}
