package aio.bench.picture;

/**
 * A piece of the traffic.
 *
 * @param begin when it began, by {@link System#nanoTime()}
 * @param end when it ended, by the same clock
 * @param echoes how many were complete in it
 * @param p99Nanos the 99th percentile of their round trips, 0 without any
 * @param slowestNanos the longest of their round trips, 0 without any
 */
record Slice(long begin, long end, long echoes, long p99Nanos, long slowestNanos) {
    double perSecond() {
        return echoes * 1e9 / (end - begin);
    }
}
