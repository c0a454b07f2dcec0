package aio.core.guard;

import aio.loop.Distribution;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with loops that are tried on another driver, beside the others: the loops that are not, in the
 * same time, or the same loops before. A lag that the others have, too, is none of the driver. One thread.
 */
public final class Judge {
    /** One late look, or two, may be a pause of the collector or of the machine. */
    private static final long FEWEST = 3;
    private static final double ALLOWED = 0.01; // what p99 leaves out
    /** A thread that gets no processor for so long is rare; see BlockedLoops. */
    private static final Duration LONGEST_STALL = Duration.ofMillis(500);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int PERCENT = 100;

    private final Limits limits;
    private Set<String> heldUp = Set.of();

    public Judge(Limits limits) {
        this.limits = limits;
    }

    /**
     * Looks once more.
     *
     * @param tried the loops on the driver that is tried, since the trial began
     * @param others those that it is compared with; may be empty
     * @return what was seen and what was expected; null if nothing is wrong
     */
    public @Nullable String fault(List<Reading> tried, List<Reading> others) {
        String fault = blocked(tried, others);
        if (fault == null) {
            fault = late(tried, others);
        }
        return fault == null ? errors(tried, others) : fault;
    }

    // ---- lag

    /** Work that does not end is in no histogram. Two looks at the same, so that no pause of all threads is meant. */
    private @Nullable String blocked(List<Reading> tried, List<Reading> others) {
        Duration most = limits.maxLag().plus(LONGEST_STALL);
        Set<String> before = heldUp;
        Set<String> now = new HashSet<>();
        String fault = null;
        for (Reading each : tried) {
            if (each.underWay().compareTo(most) > 0) {
                now.add(each.loop());
                if (before.contains(each.loop()) && fault == null) {
                    fault = "loop '" + each.loop() + "' is held up for " + millis(each.underWay())
                            + ": expected " + millis(limits.maxLag()) + " at most";
                }
            }
        }
        heldUp = now;
        boolean all = others.stream().anyMatch(each -> each.underWay().compareTo(most) > 0);
        return all ? null : fault;
    }

    private @Nullable String late(List<Reading> tried, List<Reading> others) {
        for (Reading each : tried) {
            String fault = late(each, each.delay(), others.stream().map(Reading::delay).toList(),
                    "between two looks for I/O");
            if (fault == null) {
                fault = late(each, each.beats(), others.stream().map(Reading::beats).toList(),
                        "until it ran a callback of another thread");
            }
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private @Nullable String late(Reading loop, Distribution times, List<Distribution> others, String what) {
        long late = late(times);
        double share = share(late, times.count());
        if (late < FEWEST || share <= ALLOWED) {
            return null;
        }
        boolean all = others.stream().anyMatch(other ->
                late(other) >= FEWEST && share(late(other), other.count()) >= share / 2);
        if (all) {
            return null;
        }
        return "loop '" + loop.loop() + "' took more than " + millis(limits.maxLag()) + " " + what + " " + late
                + " times of " + times.count() + ", p99 " + millis(times.percentile(99)) + " (the others: "
                + millis(worst(others)) + "): expected 1 time of 100 at most";
    }

    /** What is counted may be an eighth too long, in doubt for the driver. */
    private long late(Distribution times) {
        return times.count() - times.countAtMost(limits.maxLag().plus(limits.maxLag().dividedBy(8)));
    }

    private static Duration worst(List<Distribution> all) {
        return all.stream().map(each -> each.percentile(99)).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    // ---- errors

    private @Nullable String errors(List<Reading> tried, List<Reading> others) {
        long failed = failed(tried);
        double share = share(failed, failed + ended(tried));
        double expected = share(failed(others), failed(others) + ended(others)) + limits.maxErrors();
        if (failed < FEWEST || share <= expected) {
            return null;
        }
        return failed + " of " + (failed + ended(tried)) + " connections failed, " + percent(share)
                + " (the others: " + failed(others) + " of " + (failed(others) + ended(others)) + "): expected "
                + percent(expected) + " at most";
    }

    private static long failed(List<Reading> all) {
        return all.stream().mapToLong(Reading::failed).sum();
    }

    private static long ended(List<Reading> all) {
        return all.stream().mapToLong(Reading::ended).sum();
    }

    private static double share(long some, long all) {
        return all == 0 ? 0 : (double) some / all;
    }

    // ---- for people

    /** Says what is seen, right or wrong. */
    public static String summary(List<Reading> tried, List<Reading> others) {
        return "lag p99 " + lag(tried) + " (the others: " + lag(others) + "), failed " + counts(tried)
                + " connections (the others: " + counts(others) + ")";
    }

    private static String lag(List<Reading> all) {
        return millis(worst(all.stream().map(Reading::delay).collect(Collectors.toList())));
    }

    private static String counts(List<Reading> all) {
        return failed(all) + " of " + (failed(all) + ended(all));
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toSeconds() * 1e3 + duration.getNano() / NANOS_PER_MILLI);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
    }
}
