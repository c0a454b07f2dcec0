package aio.driver.proactor;

import aio.spi.IoDriver;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A driver on a selector that the test can look into, and what must be closed behind it. */
@Timeout(30)
abstract class DriverTestBase {
    static final long SHORT = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<AutoCloseable> resources = new ArrayList<>();
    Selector selector;
    ProactorDriver driver;

    @BeforeEach
    void openDriver() throws IOException {
        selector = Selector.open();
        driver = new ProactorDriver("test", selector);
    }

    @AfterEach
    void closeAll() throws Exception {
        driver.close();
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }

    <T extends AutoCloseable> T closing(T resource) {
        resources.add(resource);
        return resource;
    }

    /** One turn that does not wait for long. */
    void turn() throws IOException {
        driver.poll(SHORT);
        driver.dispatch();
    }

    void turnUntil(BooleanSupplier done) throws IOException {
        turnUntil(driver, done);
    }

    static void turnUntil(IoDriver driver, BooleanSupplier done) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not reached in 20 s");
            }
            driver.poll(SHORT);
            driver.dispatch();
        }
    }
}
