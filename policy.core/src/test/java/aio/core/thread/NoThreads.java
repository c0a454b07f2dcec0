package aio.core.thread;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The system has no thread left for the core, until this is closed. */
public final class NoThreads implements AutoCloseable {
    private final AtomicInteger refused = new AtomicInteger();

    public NoThreads() {
        Starts.starter = thread -> {
            if (!Thread.currentThread().getName().equals("aio-watch")) {
                refused.incrementAndGet();
            }
            throw new OutOfMemoryError("unable to create native thread: planted");
        };
    }

    /** Returns how many threads could not be started; what is kept is tried again and again, which does not count. */
    public int refused() {
        return refused.get();
    }

    @Override
    public void close() {
        Starts.starter = Thread::start;
    }

    /** Makes sure that nothing is kept, and that no earlier lack of threads is remembered. */
    public static void calm() {
        until(() -> !Starts.isAnyKept());
        Starts.again();
    }

    /** Waits until something is so, and lets what is kept begin meanwhile. */
    public static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited in vain");
            }
            Starts.again();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
