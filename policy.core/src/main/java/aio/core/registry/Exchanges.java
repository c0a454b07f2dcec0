package aio.core.registry;

import aio.core.collection.WeakMap;
import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.core.foreign.Wall;
import aio.core.kernel.Outcome;
import aio.core.kernel.Shortage;
import aio.core.loop.Probes;
import aio.core.loop.Round;
import aio.core.thread.Starts;
import aio.link.RunningLoop;
import aio.loop.LoopInfo;
import aio.policy.ChangeReason;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the loops follow what the registry has decided: probes the driver of the policy that is current by now,
 * publishes what is wanted, waits for the loops, and tells what came of it, in the order of the decisions. Any thread.
 */
final class Exchanges {
    private static final CoreLog LOG = CoreLog.POLICY;
    private static final long MIN_PROBE_NANOS = 200_000_000; // loading the classes of a driver takes tens of ms
    private static final Outcome STILL_FOLLOWING =
            Outcome.stayed("the loops are still following: see the history later");

    private final Object lock = new Object();
    private final Deque<Step> steps = new ArrayDeque<>(); // those not told yet, in the order of the decisions
    private final Selection selection;
    private final WantedDrivers drivers;
    private final Followers followers;
    private final History history;
    private final LongSupplier maxWaitNanos;
    private final Probes probes;
    private final Shortages shortages = new Shortages(this::tryAgain);
    private final WeakMap<IoDriverFactory, String> refusedFor = WeakMap.byIdentity(); // after a probe
    private boolean tells;
    private boolean offers; // whether a thread offers drivers to loops that are parked; guarded by the lock
    private boolean parkedSince; // whether a loop was parked since that thread has looked; guarded by the lock

    Exchanges(
            Selection selection, Followers followers, Probes probes, History history, LongSupplier maxWaitNanos) {
        this.selection = selection;
        this.drivers = new WantedDrivers(selection, followers, probes);
        this.followers = followers;
        this.probes = probes;
        this.history = history;
        this.maxWaitNanos = maxWaitNanos;
        probes.tellLate(this::readmit);
    }

    /** Takes note of a step; the order of the calls is that in which they are told. */
    void add(Step step) {
        synchronized (lock) {
            steps.add(step);
        }
    }

    /**
     * Lets the loops do what a step asks for, and waits for them: for a bounded time, and not at all on the thread of a
     * loop, where a driver that was never probed is probed in the background.
     */
    void settle(Step step) {
        if (RunningLoop.get() != null && needsProbe(step)) {
            Starts.begin("aio-policy-change", () -> conclude(step));
        } else {
            conclude(step);
        }
    }

    /** Returns what is known of a change; if the loops were not waited for, that all are still to follow. */
    @Nullable Change changeOf(Step step) {
        if (!step.isChange()) {
            return null;
        }
        synchronized (lock) {
            if (step.change != null) {
                return step.change;
            }
        }
        if (!step.scope().isProcess()) {
            return step.result(STILL_FOLLOWING, 0);
        }
        if (selection.currentDriver() != null) {
            return step.result(STILL_FOLLOWING, (int) followers.infos().stream().filter(LoopInfo::follows).count());
        }
        // no loop follows a policy that brings no driver, but some may have to leave theirs
        return step.result(needsDriver(step) ? STILL_FOLLOWING : Outcome.NOTHING, 0);
    }

    private void conclude(Step step) {
        List<Step> refusals = new ArrayList<>();
        Outcome outcome = Outcome.NOTHING;
        try {
            outcome = exchange(step, refusals);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "policy: the loops could not follow (" + step.cause.text() + ")", e);
            outcome = Outcome.stayed("the loops could not follow: " + Text.of(e));
        } finally {
            finished(step, outcome);
        }
        step.rest().forEach(other -> conclude(other));
        refusals.forEach(refusal -> conclude(refusal));
    }

    private Outcome exchange(Step step, List<Step> refusals) {
        long deadline = System.nanoTime() + maxWaitNanos.getAsLong();
        List<String> refused = new ArrayList<>();
        try {
            probeAll(step, refused, refusals);
            shortages.isOver();
        } catch (Shortage e) {
            refused.add(shortages.met(e, step.isChange()));
        }
        Round round = drivers.want(step.gone());
        Outcome outcome = round.await(Math.max(0, deadline - System.nanoTime()));
        step.late = round.late(); // read by those that see it done
        for (String each : refused) {
            outcome = each.isEmpty() ? outcome : outcome.plus(Outcome.stayed(each));
        }
        boolean isDriverless = step.isChange() && step.scope().isProcess() && selection.currentDriver() == null;
        return isDriverless ? outcome.plus(keepers()) : outcome;
    }

    // ---- probes

    /** Probes drivers until one passes that the loops can go to. */
    private void probeAll(Step step, List<String> refused, List<Step> refusals) throws Shortage {
        IoDriverFactory current = selection.currentDriver();
        while (!drivers.isProbed(current, step.gone())) {
            refused.add(probe(current, refusals));
            current = selection.currentDriver();
        }
        if (current == null && needsDriver(step)) {
            IoDriverFactory any = selection.anyDriver(driver -> true);
            while (!drivers.isProbed(any, step.gone())) {
                refused.add(probe(any, refusals));
                any = selection.anyDriver(driver -> true);
            }
        }
        IoDriverFactory scoped = drivers.unprobedOfScopes();
        while (scoped != null) {
            refused.add(probe(scoped, refusals));
            scoped = drivers.unprobedOfScopes();
        }
    }

    /** A shortage is over: loops that had to follow during it follow now. */
    private void tryAgain() {
        conclude(Step.quiet(Cause.byThread(ChangeReason.DRIVER_FAILED, "tried again after a shortage"), List.of()));
    }

    /** Says what keeps the driver of the policy that is current from being probed; null if nothing does. */
    @Nullable String obstacle() {
        return shortages.present();
    }

    /** Tells whether a driver has passed its probe. */
    boolean hasPassed(IoDriverFactory driver) {
        return probes.hasPassed(driver);
    }

    /** Nothing is tried again. */
    void close() {
        shortages.close();
    }

    private boolean needsProbe(Step step) {
        return !drivers.isProbed(selection.currentDriver(), step.gone())
                || drivers.unprobedOfScopes() != null
                || selection.currentDriver() == null && needsDriver(step);
    }

    /** Probes a driver. If it fails, refuses its policy and returns the reason; otherwise returns an empty text. */
    private String probe(@Nullable IoDriverFactory driver, List<Step> refusals) throws Shortage {
        if (driver == null) {
            return "";
        }
        String problem = probes.problemOf(driver, Math.max(maxWaitNanos.getAsLong(), MIN_PROBE_NANOS));
        if (problem == null) {
            return "";
        }
        String reason = "its driver has failed its probe: " + problem;
        refusedFor.put(driver, reason);
        Step next = drivers.refuse(driver, reason);
        if (next != null) {
            refusals.add(next);
        }
        if (probes.hasPassed(driver)) { // between being late and being refused
            readmit(driver);
        }
        return "all loops stay on the driver they have: " + problem;
    }

    /** A driver that was too late has passed its probe: its policy may be current again. */
    private void readmit(IoDriverFactory driver) {
        String reason = refusedFor.remove(driver);
        if (reason != null) {
            conclude(drivers.readmit(driver, reason));
        }
    }

    /** Refuses a policy whose driver has failed too often under loops that run. */
    void giveUp(IoDriverFactory driver, String reason) {
        if (!drivers.hasOther(driver)) {
            return; // better one that fails than none: its loops are parked, and try again
        }
        probes.forget(driver);
        Step next = drivers.refuse(driver, "its driver is given up: " + reason);
        Cause cause = Cause.byThread(ChangeReason.DRIVER_FAILED, "driver given up");
        conclude(next == null ? Step.quiet(cause, List.of()) : next);
    }

    /**
     * Every driver that a loop could go to has failed on it: sees to it that there is another one. Does not wait, so
     * that a loop can tell it.
     */
    void loopParked() {
        synchronized (lock) {
            parkedSince = true;
            if (offers) {
                return;
            }
            offers = true;
        }
        Starts.begin("aio-policy-change", this::offerWhileParked);
    }

    private void offerWhileParked() {
        while (isToOffer()) {
            Wall.run(LOG, Level.ERROR, "policy: no standby could be offered to a loop that is parked",
                    this::offerStandby);
        }
    }

    private boolean isToOffer() {
        synchronized (lock) {
            offers = parkedSince;
            parkedSince = false;
            return offers;
        }
    }

    /** Probes drivers that were never under a loop, the best first, until no loop is parked any more. */
    private void offerStandby() {
        List<Step> refusals = new ArrayList<>();
        try {
            for (IoDriverFactory next = nextToOffer(); next != null; next = nextToOffer()) {
                probe(next, refusals);
                if (probes.hasPassed(next)) {
                    drivers.want(List.of()).await(maxWaitNanos.getAsLong());
                }
            }
        } catch (Shortage e) {
            shortages.met(e, false);
        }
        refusals.forEach(refusal -> conclude(refusal));
    }

    private @Nullable IoDriverFactory nextToOffer() {
        return followers.isAnyParked() ? selection.anyDriver(driver -> !probes.hasPassed(driver)) : null;
    }

    /** Makes sure that the driver that a loop is about to be made on works. */
    void prepare() {
        List<Step> refusals = new ArrayList<>();
        IoDriverFactory driver = selection.currentDriver();
        try {
            while (driver != null && !probes.hasPassed(driver)) {
                probe(driver, refusals);
                driver = selection.currentDriver();
            }
        } catch (Shortage e) {
            shortages.met(e, false); // the maker of the loop learns of it by the failed open
        }
        drivers.want(List.of()).await(maxWaitNanos.getAsLong());
        refusals.forEach(refusal -> conclude(refusal));
    }

    // ---- telling

    private void finished(Step step, Outcome outcome) {
        synchronized (lock) {
            step.done = true;
            if (step.isChange()) {
                step.change = step.result(outcome, step.late.size());
            }
        }
        if (!step.isChange() && (outcome.lost() > 0 || !outcome.stayed().isEmpty())) {
            LOG.log(Level.WARNING, "policy: " + step.cause.text() + "; " + outcome.lost()
                    + " lost; stayed: " + String.join("; ", outcome.stayed()));
        }
        for (Step next = nextToTell(null); next != null; next = nextToTell(next)) {
            Step due = next;
            Wall.run(LOG, Level.ERROR, "policy: a change could not be told; the next ones are", () -> tell(due));
        }
    }

    /**
     * Returns the step that is to be told next; null if there is none yet, or another thread tells.
     *
     * @param told the one that this thread has just told; null if it has told none
     */
    private @Nullable Step nextToTell(@Nullable Step told) {
        synchronized (lock) {
            tells &= told == null;
            Step first = steps.peek();
            if (first == null || !first.done || tells) {
                return null;
            }
            tells = true;
            return steps.poll();
        }
    }

    private void tell(Step step) {
        Change change = step.change;
        if (change == null) {
            return; // the policy has stayed
        }
        history.add(change);
        for (Round.Late loop : step.late) {
            loop.outcome().thenAccept(
                    outcome -> history.amend(change.number(), remembered -> remembered.followed(loop, outcome)));
        }
        Level level = step.isAnnounced() ? Level.INFO : Level.DEBUG;
        LOG.log(level, () -> "policy: " + change.summary());
        history.tell(change);
    }

    private boolean needsDriver(Step step) {
        return !step.gone().isEmpty() || followers.isAnyParked();
    }

    /** Says that running loops keep their driver, because the new policy brings none. */
    private Outcome keepers() {
        int keeping = followers.countDriven();
        if (keeping == 0 || selection.current() == null) {
            return Outcome.NOTHING;
        }
        return Outcome.stayed("the policy brings no driver: new loops only, " + Change.count(keeping, "running loop")
                + (keeping == 1 ? " keeps its driver" : " keep their driver"));
    }
}
