package aio.policy.fleet.node;

import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.store.FleetStore;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells the fleet how a node is: at once if something has changed, and now and then for its figures. One thread. */
final class Reporter {
    private static final long BUSY_NANOS = Duration.ofSeconds(2).toNanos();
    /** So that 1,500 nodes write figures 50 times a second at most; what a roll-out waits for is told at once. */
    private static final long BUSY_NANOS_PER_NODE = Duration.ofMillis(20).toNanos();
    private static final long CALM_NANOS = Duration.ofSeconds(30).toNanos();

    private final FleetStore store;
    private final LongSupplier nanos;
    private @Nullable Report told;
    private long when;
    private long session;

    Reporter(FleetStore store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
    }

    /**
     * Tells the report, if it is time.
     *
     * @param moving how many nodes a roll-out moves, in which figures matter; 0 if none is under way
     * @return false if another session has the name of this node
     */
    boolean tell(Report report, int moving) throws Exception {
        long now = nanos.getAsLong();
        boolean due = now - when >= pause(moving);
        if (told != null && !due && same(told, report) && session == store.session()) {
            return true;
        }
        if (!store.report(report)) {
            return false;
        }
        told = report;
        when = now;
        session = store.session();
        return true;
    }

    /** Returns how long figures alone are no reason for a report. */
    static long pause(int moving) {
        return moving == 0 ? CALM_NANOS : Math.min(CALM_NANOS, Math.max(BUSY_NANOS, moving * BUSY_NANOS_PER_NODE));
    }

    /** Tells whether two reports differ in their figures only. */
    private static boolean same(Report one, Report other) {
        return withoutFigures(one).equals(withoutFigures(other));
    }

    private static Report withoutFigures(Report report) {
        return new Report(report.node(), report.instance(), report.policy(), report.engine(), report.bundle(),
                report.localPin(), report.order(), report.answer(), report.why(), Duration.ZERO, 0, Instant.EPOCH);
    }
}
