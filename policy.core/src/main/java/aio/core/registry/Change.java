package aio.core.registry;

import aio.policy.PolicyChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One change as it is remembered: names and numbers, nothing of a bundle. Immutable. */
record Change(
        long number,
        Instant when,
        String from,
        String to,
        String cause,
        String who,
        Duration duration,
        int loops,
        int kept,
        int lost,
        Duration longestPause,
        List<String> stayed)
        implements PolicyChange {
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String summary() {
        String line = from + " -> " + to + " (" + cause + "); " + count(loops, "loop") + ", "
                + count(kept, "connection") + " kept, " + lost + " lost, longest pause "
                + String.format(Locale.ROOT, "%.1f ms", longestPause.toNanos() / NANOS_PER_MILLI);
        return stayed.isEmpty() ? line : line + "; stayed: " + String.join("; ", stayed);
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
