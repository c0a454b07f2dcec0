package aio.soak.load;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How long requests of one kind took, before policies were swapped and since then. Any thread. */
public final class Latencies {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final double NANOS_A_MILLI = 1e6;

    private final Histogram without = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final Histogram with = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private volatile @Nullable Histogram now;

    void record(long nanos) {
        Histogram histogram = now;
        if (histogram != null) {
            histogram.recordValue(Math.min(Math.max(nanos, 0), LONGEST_NANOS));
        }
    }

    /** Begins to count: all clients have connected. */
    public void begin() {
        now = without;
    }

    /** Policies are swapped from now on. */
    public void swapping() {
        now = with;
    }

    /** Returns the percentiles without swaps, in milliseconds. */
    public String withoutSwaps() {
        return text(without);
    }

    /** Returns the percentiles with swaps, in milliseconds. */
    public String withSwaps() {
        return text(with);
    }

    private static String text(Histogram histogram) {
        return String.format(Locale.ROOT, "%,d requests, p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, longest %.1f ms",
                histogram.getTotalCount(), histogram.getValueAtPercentile(50) / NANOS_A_MILLI,
                histogram.getValueAtPercentile(99) / NANOS_A_MILLI,
                histogram.getValueAtPercentile(99.9) / NANOS_A_MILLI,
                histogram.getMaxValue() / NANOS_A_MILLI);
    }
}
