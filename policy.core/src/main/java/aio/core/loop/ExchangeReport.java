package aio.core.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * What an exchange of drivers did.
 *
 * @param loops how many loops exchanged their driver
 * @param kept how many connections, open or being made, were carried over
 * @param lost how many channels of any kind were lost
 * @param longestPauseNanos the longest time that a loop did nothing else
 * @param stayed what stayed behind, and why
 */
public record ExchangeReport(int loops, int kept, int lost, long longestPauseNanos, List<String> stayed) {

    /** Nothing happened. */
    public static final ExchangeReport NOTHING = new ExchangeReport(0, 0, 0, 0, List.of());

    /** Returns what this and another one did together. */
    public ExchangeReport plus(ExchangeReport other) {
        List<String> both = new ArrayList<>(stayed);
        both.addAll(other.stayed);
        return new ExchangeReport(loops + other.loops, kept + other.kept, lost + other.lost,
                Math.max(longestPauseNanos, other.longestPauseNanos), List.copyOf(both));
    }
}
