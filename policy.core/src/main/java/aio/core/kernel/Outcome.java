package aio.core.kernel;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an exchange did, to one loop or to several: what history, log and console report. Immutable.
 *
 * @param moved how many loops have exchanged their driver
 * @param kept how many connections, open or being made, were carried over
 * @param lost how many channels of any kind were lost
 * @param longestPauseNanos the longest time that a loop did nothing else
 * @param stayed what has stayed on the old driver, and why
 */
public record Outcome(int moved, int kept, int lost, long longestPauseNanos, List<String> stayed) {

    /** Nothing happened. */
    public static final Outcome NOTHING = new Outcome(0, 0, 0, 0, List.of());

    /** Nothing moved, for a reason. */
    public static Outcome stayed(String reason) {
        return new Outcome(0, 0, 0, 0, List.of(reason));
    }

    /** Returns what this and another one did together. */
    public Outcome plus(Outcome other) {
        return new Outcome(moved + other.moved, kept + other.kept, lost + other.lost,
                Math.max(longestPauseNanos, other.longestPauseNanos),
                both(stayed, other.stayed));
    }

    private static List<String> both(List<String> some, List<String> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** Returns the reasons alone, for callers whose exchange is counted by another one. */
    Outcome reasons() {
        return new Outcome(0, 0, 0, 0, stayed);
    }
}
