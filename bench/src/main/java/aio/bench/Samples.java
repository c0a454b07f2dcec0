package aio.bench;

import java.util.Arrays;

/** Durations of single operations, in nanoseconds, from which the figures of one round are taken. One thread. */
public final class Samples {
    private static final double NANOS_PER_MICRO = 1e3;

    private long[] nanos = new long[1024];
    private int size;

    /** Adds one duration. */
    public void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = duration;
    }

    /** Returns what a share of all durations does not exceed, in microseconds: 0.5 is the median, 1 the longest. */
    public double micros(double share) {
        if (size == 0) {
            throw new IllegalStateException("nothing was measured: there are no durations to rank");
        }
        Arrays.sort(nanos, 0, size);
        int index = (int) Math.ceil(share * size) - 1;
        return nanos[Math.max(0, index)] / NANOS_PER_MICRO;
    }

    /** Returns how many there are. */
    public int size() {
        return size;
    }

    /** Forgets all. */
    public void clear() {
        size = 0;
    }
}
