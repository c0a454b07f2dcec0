package aio.core.kernel;

/** Counts the faults of the driver that serves a loop, over time. Loop thread. */
final class Faults {
    static final int MOST = 5;
    static final long WITHIN_NANOS = 10_000_000_000L;

    private final long[] times = new long[MOST];
    private int count;

    /** Notes a fault; answers whether there were too many lately. */
    boolean add(long nowNanos) {
        times[count++ % MOST] = nowNanos;
        return count >= MOST && nowNanos - times[count % MOST] <= WITHIN_NANOS;
    }

    /** Another driver serves the loop. */
    void reset() {
        count = 0;
    }
}
