package aio.core.loop;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an exchange of drivers did.
 *
 * @param loops how many loops exchanged their driver
 * @param kept how many connections, open or being made, were carried over
 * @param lost how many channels of any kind were lost
 * @param longestPauseNanos the longest time that a loop did nothing else
 * @param stayed what stayed behind, and why
 * @param late the loops among those that are still to follow
 */
public record ExchangeReport(
        int loops, int kept, int lost, long longestPauseNanos, List<String> stayed, List<LateLoop> late) {

    /** Nothing happened. */
    public static final ExchangeReport NOTHING = new ExchangeReport(0, 0, 0, 0, List.of());

    /** Nobody is late. */
    public ExchangeReport(int loops, int kept, int lost, long longestPauseNanos, List<String> stayed) {
        this(loops, kept, lost, longestPauseNanos, stayed, List.of());
    }

    static ExchangeReport of(LateLoop loop) {
        return new ExchangeReport(0, 0, 0, 0, List.of(loop.why()), List.of(loop));
    }

    /** Returns what this and another one did together. */
    public ExchangeReport plus(ExchangeReport other) {
        return new ExchangeReport(loops + other.loops, kept + other.kept, lost + other.lost,
                Math.max(longestPauseNanos, other.longestPauseNanos), both(stayed, other.stayed),
                both(late, other.late));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
