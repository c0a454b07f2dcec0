package aio.bench.picture;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What was seen in one run.
 *
 * @param zero the beginning, by {@link System#nanoTime()}
 * @param slices the traffic from the beginning on
 * @param swaps the swaps meanwhile
 * @param connections how many there were at the beginning
 * @param bytes the size of a request
 * @param period how often each connection sends one
 * @param losses why connections were lost, an entry for each
 * @param machine where it ran
 */
record Recording(long zero, List<Slice> slices, List<Swap> swaps, int connections, int bytes, Duration period,
        List<String> losses, String machine) {
    static final String TITLE = "Event-loop policies are swapped under traffic";
    private static final double NANOS_PER_MILLI = 1e6;

    /** Returns a time by the clock of the run, in seconds from the beginning. */
    double seconds(long nanos) {
        return (nanos - zero) / 1e9;
    }

    double milliseconds(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }

    /** Returns the connections that were lost, by the client's count or by the console's, whichever is worse. */
    int lost() {
        return Math.max(losses.size(), swaps.stream().mapToInt(Swap::lost).sum());
    }

    /** Returns the result in a line. */
    String summary() {
        long echoes = slices.stream().mapToLong(Slice::echoes).sum();
        double length = slices.isEmpty() ? 0 : seconds(slices.get(slices.size() - 1).end());
        return String.format(Locale.ROOT, "%d connections, a request of %,d bytes every %d ms on each: "
                + "%,d echoes in %.1f s, %d swaps, %d connections kept, %d lost", connections, bytes,
                period.toMillis(), echoes, length, swaps.size(),
                connections - lost(), lost());
    }

    /** Returns all figures in words, which the picture carries. */
    String describe() {
        String told = swaps.stream().map(swap -> String.format(Locale.ROOT, "%.3f to %.3f s: %s",
                seconds(swap.ordered()), seconds(swap.told()), swap.line())).collect(Collectors.joining("; "));
        return summary() + ". " + machine + ". The console told, from order to message: " + told
                + ". Ends of the slices, s: " + series("%.2f", slice -> seconds(slice.end()))
                + ". Throughput, 1/s: " + series("%.0f", Slice::perSecond)
                + ". p99 of the round trip, ms: " + series("%.2f", slice -> milliseconds(slice.p99Nanos()))
                + ". Slowest round trip, ms: " + series("%.2f", slice -> milliseconds(slice.slowestNanos())) + ".";
    }

    private String series(String format, ToDoubleFunction<Slice> value) {
        return slices.stream().map(slice -> String.format(Locale.ROOT, format, value.applyAsDouble(slice)))
                .collect(Collectors.joining(" "));
    }
}
