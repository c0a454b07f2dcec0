package aio.dist.karaf;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens in another process. */
final class Deadline {
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Deadline() {}

    static void await(Duration patience, BooleanSupplier condition, Supplier<String> message) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("after " + patience.toSeconds() + " s: " + message.get());
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }
}
