package aio.core.registry;

import java.util.Locale;

/**
 * Why a policy is not followed although it is there: it has come and gone too often. Immutable.
 *
 * @param departures how often it has left
 * @param spanNanos within which time
 * @param sinceNanos since when it has been there, by the clock of {@link HoldDown}
 * @param isFirst whether it was not held down the last time
 */
record Hold(int departures, long spanNanos, long sinceNanos, boolean isFirst) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    /** Returns how long it still has to be there; 0 or less if that is over. */
    long leftNanos(Caution caution, long nowNanos) {
        return caution.calmNanos() - (nowNanos - sinceNanos);
    }

    /** Says what was seen, what was expected, and when it is followed. */
    String text(Caution caution) {
        return "it has left " + departures + (departures == 1 ? " time in " : " times in ")
                + seconds(spanNanos / NANOS_PER_SECOND) + ", expected fewer than " + caution.departures() + " in "
                + seconds(caution.windowMillis() / MILLIS_PER_SECOND) + " (" + Caution.DEPARTURES
                + "); it is followed after it has been there for " + seconds(caution.calmMillis() / MILLIS_PER_SECOND)
                + " without a break";
    }

    /** Says the same, and how long that still takes. */
    String text(Caution caution, long nowNanos) {
        double left = Math.max(0, leftNanos(caution, nowNanos)) / NANOS_PER_SECOND;
        return text(caution) + ", " + seconds(left) + " from now";
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
