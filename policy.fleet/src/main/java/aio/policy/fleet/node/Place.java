package aio.policy.fleet.node;

import aio.policy.console.log.SafeLog;
import aio.policy.console.text.Plain;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.store.FleetStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.curator.framework.recipes.leader.LeaderLatch;

/**
 * The name of a node, which one session has at a time, and the election in which that one takes part. A node without
 * its name does nothing: two nodes of one name would carry out each order twice, and one of them would be seen. The
 * name is taken and lost on one thread; any thread asks.
 */
final class Place {
    private static final SafeLog LOG = SafeLog.POLICY;
    private static final long SLACK_NANOS = 2_000_000_000;

    private final FleetStore store;
    private final Settings settings;
    private final LongSupplier nanos;
    private final Supplier<LeaderLatch> elections;
    private volatile LeaderLatch election;
    private volatile boolean held;
    private long session; // 0 while a new one begins
    private volatile String trouble = "";
    private long since;
    private boolean lasts;

    /**
     * Makes one that has no name yet.
     *
     * @param elections makes a part in the election: one begins once
     */
    Place(FleetStore store, Settings settings, LongSupplier nanos, Supplier<LeaderLatch> elections) {
        this.store = store;
        this.settings = settings;
        this.nanos = nanos;
        this.elections = elections;
        this.election = elections.get();
    }

    /**
     * Takes the name, or sees that this session has it.
     *
     * @param instance of this node: what an earlier session of the same run has left gives way
     */
    boolean take(String instance) throws Exception {
        long now = store.session();
        if (held && session == now) {
            return true;
        }
        if (!store.take(settings.node())) {
            String other = store.report(settings.node()).map(Report::instance).orElse("another process");
            if (!other.equals(instance) || !store.takeOver(settings.node(), instance)) {
                lose();
                waits(other);
                return false;
            }
        }
        if (!trouble.isEmpty()) {
            trouble = "";
            LOG.log(Level.INFO, "fleet: node ''{0}'' acts now: nobody else has its name any more", settings.node());
        }
        if (!held) {
            begin();
            held = true;
        }
        session = now;
        return true;
    }

    /** Begins to take part. What fails, as for want of a thread, has begun nevertheless, and cannot begin again. */
    private void begin() throws Exception {
        LeaderLatch begun = election;
        try {
            begun.start();
        } catch (Exception | Error e) {
            election = elections.get();
            end(begun, e);
            throw e;
        }
    }

    private static void end(LeaderLatch begun, Throwable why) {
        try {
            begun.close();
        } catch (IOException | IllegalStateException e) {
            why.addSuppressed(e);
        }
    }

    private void waits(String who) throws Exception {
        Duration session = store.sessionTime();
        long seconds = Math.max(1, session.toSeconds());
        if (trouble.isEmpty()) {
            since = nanos.getAsLong();
            lasts = false;
            trouble = "node '" + settings.node() + "' does not act: " + who + " is in the fleet '" + settings.fleet()
                    + "' under this name; if that is the last run of this node, its session ends within " + seconds
                    + " s, and this node joins; if it is another node, give one of them another name (the key node of"
                    + " the configuration aio.fleet)";
            warn();
        } else if (!lasts && nanos.getAsLong() - since > session.toNanos() + SLACK_NANOS) {
            lasts = true;
            trouble = "node '" + settings.node() + "' does not act: " + who + " is in the fleet '" + settings.fleet()
                    + "' under this name, and has been for longer than the " + seconds + " s that a session lasts: give"
                    + " one of them another name (the key node of the configuration aio.fleet); this node joins when"
                    + " the other one has left";
            warn();
        }
    }

    private void warn() {
        LOG.log(Level.WARNING, "fleet: {0}", Plain.text(trouble));
    }

    /** Gives up what another session has now. */
    void lose() throws IOException {
        if (held) {
            held = false;
            LeaderLatch ended = election;
            election = elections.get(); // one that has ended cannot begin again
            ended.close();
        }
    }

    /** Tells whether this node had the name when it was last in touch: one that is cut off goes on as it is. */
    boolean isHeld() {
        return held;
    }

    /** Returns why this node does not act, and what to do; empty if it does. */
    Optional<String> trouble() {
        return Optional.of(trouble).filter(each -> !each.isEmpty());
    }

    /** Tells whether this node coordinates. */
    boolean leads() {
        return held && election.hasLeadership();
    }

    /** Returns the node that coordinates; empty if none does at the moment. */
    Optional<String> leader() throws Exception {
        return Optional.of(election.getLeader()).filter(each -> each.isLeader()).map(each -> each.getId());
    }

    /** Leaves, if ZooKeeper is in reach; otherwise the session ends by its time. */
    void leave(boolean inReach) throws Exception {
        if (inReach) {
            store.leave(settings.node());
        }
        lose();
    }
}
