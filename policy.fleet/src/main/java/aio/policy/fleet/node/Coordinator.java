package aio.policy.fleet.node;

import aio.policy.console.log.SafeLog;
import aio.policy.console.text.Plain;
import aio.policy.fleet.rollout.Observation;
import aio.policy.fleet.rollout.Phase;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.Rollouts;
import aio.policy.fleet.rollout.Rollouts.Stage;
import aio.policy.fleet.rollout.State;
import aio.policy.fleet.store.FleetStore;
import aio.policy.fleet.store.Outdated;
import aio.policy.fleet.store.Versioned;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/**
 * Brings a roll-out forward while its node is the leader. What it knows beyond the store are times, by a clock that
 * only goes forward: a new one counts them anew. Confined to one thread.
 */
final class Coordinator {
    private static final SafeLog LOG = SafeLog.POLICY;
    /** Steps are further apart if the process stood still, or ZooKeeper was out of reach. */
    private static final long STILL_NANOS = 5_000_000_000L;
    private static final String TOO_MANY = "more nodes do not count than one text of ZooKeeper can name: fleet:list"
            + " shows which ones are pinned by an operator, or refuse it; make several fleets, or shorten the names";

    private final FleetStore store;
    private final LongSupplier nanos;
    private final Clock clock;
    private Object stand = "";
    private long since;
    private final Map<String, Wait> waits = new HashMap<>();
    private long number;
    private boolean begun;
    private long last;

    /** Since when a node has been in a stage. */
    private record Wait(Stage stage, long since) {}

    Coordinator(FleetStore store, LongSupplier nanos, Clock clock) {
        this.store = store;
        this.nanos = nanos;
        this.clock = clock;
    }

    /** Forgets all times: somebody else may have led meanwhile. */
    void resign() {
        stand = "";
        waits.clear();
        begun = false;
    }

    /**
     * Goes one step, if it is time for one.
     *
     * @param leads whether this node still leads, in the session in which the reports were read
     * @return false if the reports may be old by now, and so are the times: the read waits until ZooKeeper is in reach
     */
    boolean step(Map<String, Report> reports, Callable<Boolean> leads) throws Exception {
        Versioned read = store.read();
        long now = nanos.getAsLong();
        boolean stoodStill = begun && now - last > STILL_NANOS;
        if (stoodStill || !leads.call()) {
            if (stoodStill) {
                LOG.log(Level.INFO, "fleet: this node stood still, or ZooKeeper was slow: it reads all reports again,"
                        + " and counts all times anew");
            }
            resign();
            return false;
        }
        begun = true;
        last = now;
        Optional<Rollout> rollout = read.state().underWay();
        if (rollout.isEmpty()) {
            resign();
            return true;
        }
        Rollout next = Rollouts.next(rollout.get(), observe(rollout.get(), reports));
        if (!next.equals(rollout.get())) {
            boolean fits = FleetStore.fits(next); // each node that does not count is named once more
            write(read, rollout.get(), fits ? next : rollout.get().ended(Phase.ROLLED_BACK, TOO_MANY));
        }
        return true;
    }

    private void write(Versioned read, Rollout before, Rollout next) throws Exception {
        State state = read.state().with(next, clock.instant());
        try {
            store.write(read, state);
        } catch (Outdated e) {
            LOG.log(Level.DEBUG, "fleet: another coordinator was first; the next look shows what it wrote", e);
            return;
        }
        if (!next.stand().equals(before.stand())) {
            LOG.log(next.reason().isEmpty() ? Level.INFO : Level.WARNING, "fleet: {0}, number {1}: {2}{3}",
                    Plain.text(next.decision().target()), Long.toString(next.number()), next.stand(),
                    next.reason().isEmpty() ? "" : ": " + Plain.text(next.reason()));
        }
    }

    /** Returns what is seen of a roll-out now. */
    Observation observe(Rollout rollout, Map<String, Report> reports) {
        long now = nanos.getAsLong();
        Object standing = Set.of(rollout.number(), "wave " + rollout.wave(), rollout.phase());
        if (!standing.equals(stand)) {
            stand = standing;
            since = now;
        }
        if (rollout.number() != number) {
            number = rollout.number();
            waits.clear();
        }
        Rollouts.stages(rollout, reports).forEach((node, stage) -> waits.merge(node, new Wait(stage, now),
                (last, next) -> last.stage() == stage ? last : next));
        Map<String, Duration> times = new HashMap<>();
        waits.forEach((node, wait) -> times.put(node, Duration.ofNanos(now - wait.since())));
        return new Observation(reports, times, Duration.ofNanos(now - since));
    }
}
