package aio.core.statistics;

import aio.loop.Distribution;
import java.time.Duration;

/** What a {@link Histogram} had counted at an instant. Immutable. */
final class Recorded implements Distribution {
    private final long[] counts;
    private final long total;
    private final long max;
    private final long count;

    Recorded(long[] counts, long total, long max) {
        this.counts = counts;
        this.total = total;
        this.max = max;
        long all = 0;
        for (long each : counts) {
            all += each;
        }
        this.count = all;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public Duration total() {
        return Duration.ofNanos(total);
    }

    @Override
    public Duration longest() {
        return Duration.ofNanos(max);
    }

    @Override
    public Duration percentile(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent is " + percent + ": expected a number from 0 to 100");
        }
        long wanted = Math.max(1, (long) Math.ceil(count * percent / 100));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Duration.ofNanos(Math.min(max, Histogram.longestOf(i)));
            }
        }
        return Duration.ZERO;
    }

    @Override
    public long countAtMost(Duration limit) {
        long most = limit.compareTo(longest()) >= 0 ? Long.MAX_VALUE : limit.isNegative() ? -1 : limit.toNanos();
        long seen = 0;
        for (int i = 0; i < counts.length && Histogram.longestOf(i) <= most; i++) {
            seen += counts[i];
        }
        return seen;
    }

    @Override
    public Distribution since(Distribution earlier) {
        if (!(earlier instanceof Recorded before)) {
            throw new IllegalArgumentException("expected times of the same loop, not " + earlier.getClass().getName());
        }
        long[] between = new long[counts.length];
        int last = -1;
        for (int i = 0; i < counts.length; i++) {
            between[i] = Math.max(0, counts[i] - before.counts[i]);
            last = between[i] > 0 ? i : last;
        }
        long longest = max > before.max ? max : last < 0 ? 0 : Math.min(max, Histogram.longestOf(last));
        return new Recorded(between, Math.max(0, total - before.total), longest);
    }

    @Override
    public String toString() {
        return count + " times, p50 " + percentile(50) + ", p99 " + percentile(99) + ", longest " + longest();
    }
}
