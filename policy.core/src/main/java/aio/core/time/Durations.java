package aio.core.time;

import java.time.Duration;

/**
 * Takes any duration that users give, as {@code ChronoUnit.FOREVER}: beyond a hundred years it is as good as those,
 * and adds up to a time of the clock without overflow. The one way from a {@link Duration} to nanoseconds. Stateless.
 */
public final class Durations {
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration SHORTEST = LONGEST.negated(); // allocates: not for each timer
    private static final double NANOS_PER_SECOND = 1e9;

    private Durations() {}

    /** Returns how many nanoseconds that are, a hundred years at most, forwards or backwards. */
    public static long nanos(Duration duration) {
        if (duration.compareTo(LONGEST) > 0) {
            return LONGEST.toNanos();
        }
        return duration.compareTo(SHORTEST) < 0 ? SHORTEST.toNanos() : duration.toNanos();
    }

    /** Returns how many seconds that are, for messages. */
    public static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND;
    }
}
