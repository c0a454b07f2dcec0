package aio.core.guard;

import java.time.Duration;

/**
 * What is allowed while a policy is tried, see docs/decisions/guard.md. Immutable.
 *
 * @param maxLag how late 99 of 100 looks for I/O, or callbacks of other threads, may be
 * @param maxErrors how many of the connections that end may fail more than of the others: a share, from 0 to 1
 */
public record Limits(Duration maxLag, double maxErrors) {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** asyncio's {@code slow_callback_duration}: what aio calls held up everywhere else. */
    public static final Duration MAX_LAG = Duration.ofMillis(100);
    /** One in a hundred. */
    public static final double MAX_ERRORS = 0.01;

    /** Makes limits; any duration is taken. */
    public Limits {
        maxLag = maxLag.isNegative() ? Duration.ZERO : maxLag.compareTo(LONGEST) > 0 ? LONGEST : maxLag;
    }
}
