package aio.core.statistics;

import aio.loop.Distribution;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts times by their length: eight buckets for each power of two, so that what is read from them is at most an
 * eighth too long. One thread writes, without allocating and without the fences of volatile fields; any thread reads.
 * Every access is opaque: each number is whole and arrives, but two of them may be of different moments.
 */
public final class Histogram {
    static final int SUB_BITS = 3;
    static final int SUBS = 1 << SUB_BITS;
    /** The longest time with a bucket of its own: about an hour and a quarter. */
    private static final int HIGHEST_BIT = 42;

    static final int BUCKETS = indexOf(1L << HIGHEST_BIT) + 1;

    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle TOTAL;
    private static final VarHandle MAX;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TOTAL = lookup.findVarHandle(Histogram.class, "total", long.class);
            MAX = lookup.findVarHandle(Histogram.class, "max", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] counts = new long[BUCKETS];
    private long total;
    private long max;

    /** Counts a time; a negative one counts as zero. One thread. */
    public void record(long nanos) {
        long time = Math.max(0, nanos);
        int index = indexOf(Math.min(time, 1L << HIGHEST_BIT));
        COUNTS.setOpaque(counts, index, counts[index] + 1);
        TOTAL.setOpaque(this, total + time);
        if (time > max) {
            MAX.setOpaque(this, time);
        }
    }

    /** Returns what was counted until now. Any thread, which may miss what is being counted. */
    public Distribution snapshot() {
        long[] copy = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            copy[i] = (long) COUNTS.getOpaque(counts, i);
        }
        return new Recorded(copy, total(), (long) MAX.getOpaque(this));
    }

    /** Returns the sum of all times. Any thread. */
    long total() {
        return (long) TOTAL.getOpaque(this);
    }

    /** Returns the bucket of a time. */
    static int indexOf(long nanos) {
        if (nanos < SUBS) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
        return (shift + 1 << SUB_BITS) + (int) (nanos >>> shift) - SUBS;
    }

    /** Returns the longest time of a bucket. */
    static long longestOf(int index) {
        if (index < SUBS) {
            return index;
        }
        int shift = (index >>> SUB_BITS) - 1;
        long first = (long) (SUBS + (index & SUBS - 1)) << shift;
        return first + (1L << shift) - 1;
    }
}
