package aio.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits, in real time, for what other threads and processes do. Any thread but that of a loop they need. */
public final class Await {
    /** How long a test waits for what must happen: longer than a slow machine needs. */
    public static final Duration PATIENCE = Duration.ofSeconds(12);

    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Await() {}

    /**
     * Waits until a condition, which this thread checks about each millisecond, is met.
     *
     * @param what what is waited for, for the message
     * @throws AssertionError if it is not within {@link #PATIENCE}, if the thread is interrupted, or if the condition
     *     throws a checked exception; others pass through
     */
    public static void until(String what, Callable<Boolean> condition) {
        if (!waits(PATIENCE, /* mayBeInterrupted= */ true, condition)) {
            throw new AssertionError("waited in vain: " + what);
        }
    }

    /**
     * Waits until a condition is met or a time is over.
     *
     * @return whether it is met
     * @throws AssertionError if the condition throws a checked exception; others pass through
     */
    public static boolean becomesTrue(Duration limit, Callable<Boolean> condition) {
        return waits(limit, /* mayBeInterrupted= */ false, condition);
    }

    private static boolean waits(Duration limit, boolean mayBeInterrupted, Callable<Boolean> condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!holds(condition)) {
            boolean over = System.nanoTime() - end > 0;
            if (over || mayBeInterrupted && Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PROBE_NANOS);
        }
        return true;
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("the condition failed: " + e, e);
        }
    }
}
