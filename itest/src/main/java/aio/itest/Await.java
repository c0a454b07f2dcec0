package aio.itest;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions that nothing signals. */
final class Await {
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final long LOOK_EVERY_NANOS = 2_000_000;

    private Await() {}

    static void until(String what, Callable<Boolean> condition) throws Exception {
        until(LIMIT, what, condition);
    }

    static void until(Duration limit, String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("after " + limit + " it is still not so that " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
