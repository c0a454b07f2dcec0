package aio.core.time;

import java.time.Duration;

/**
 * Accepts any duration of users, {@code ChronoUnit.FOREVER} included: beyond a hundred years it counts as a hundred, so
 * it adds up to a time of the clock without overflow. The only way from a {@link Duration} to nanoseconds. Stateless.
 */
public final class Durations {
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration SHORTEST = LONGEST.negated(); // allocates, so not made for each timer
    private static final double NANOS_PER_SECOND = 1e9;

    private Durations() {}

    /** Returns a duration in nanoseconds, at most a hundred years, positive or negative. */
    public static long nanos(Duration duration) {
        if (duration.compareTo(LONGEST) > 0) {
            return LONGEST.toNanos();
        }
        return duration.compareTo(SHORTEST) < 0 ? SHORTEST.toNanos() : duration.toNanos();
    }

    /** Returns a duration in seconds, for messages. */
    public static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND;
    }
}
