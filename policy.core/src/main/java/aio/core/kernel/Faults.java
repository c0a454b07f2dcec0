package aio.core.kernel;

import aio.spi.IoDriverFactory;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Counts the recent faults of the driver that serves a loop, fresh ones of its kind included. Loop thread. */
final class Faults {
    static final int MOST = 5;
    static final long WITHIN_NANOS = 10_000_000_000L;

    private final long[] times = new long[MOST];
    private WeakReference<@Nullable IoDriverFactory> faulty = new WeakReference<>(null);
    private int count;

    /** Notes a fault; returns whether the driver had too many lately. */
    boolean add(@Nullable IoDriverFactory driver, long nowNanos) {
        if (!faulty.refersTo(driver)) {
            faulty = new WeakReference<>(driver);
            count = 0;
        }
        times[count++ % MOST] = nowNanos;
        return count >= MOST && nowNanos - times[count % MOST] <= WITHIN_NANOS;
    }
}
