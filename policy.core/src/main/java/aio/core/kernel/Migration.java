package aio.core.kernel;

import aio.core.foreign.CoreLog;
import aio.core.foreign.DriverCalls;
import aio.core.foreign.Text;
import aio.core.kernel.wanted.DriverSet;
import aio.core.kernel.wanted.Standing.Move;
import aio.core.kernel.wanted.Standing.Phase;
import aio.core.kernel.wanted.Standing;
import aio.core.kernel.wanted.Wanted;
import aio.loop.ExceptionContext;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings one loop to the driver that is wanted. At every safepoint it compares what is wanted with where the loop
 * stands ({@link Standing#next}) and does the next step: open a driver, carry some channels, go back, park. No caller
 * asks the loop for an exchange; callers wait for a generation of what is wanted.
 *
 * <p>Loop thread, or the thread that has claimed the loop while it does not run, except where stated.
 */
public final class Migration {
    private static final CoreLog LOG = CoreLog.POLICY;
    private static final long FIRST_RETRY_NANOS = 100_000_000;
    private static final long LONGEST_RETRY_NANOS = 30_000_000_000L;

    private final Kernel kernel;
    private final DriverSeat seat;
    private final Wants wants;
    private final boolean following;
    private final long born;
    private final Faults faults = new Faults();
    private final Waiters waiters = new Waiters();

    // Written before the loop reads again what is wanted; pairs with the publisher's read, see Wants.
    private volatile Standing standing;

    private volatile boolean displaced; // a special rule has said where the loop is to be: from then on it follows

    private final FaultReports reports;

    // Written by the loop's thread alone, read as figures by any thread.
    private volatile long exchanges;
    private volatile long longestPauseNanos;

    private @Nullable Carriage carriage;
    private Outcome done = Outcome.NOTHING;
    private boolean active; // whether there is a step to do at the next safepoint, whatever is wanted
    private long seen;
    private DriverSet missed = DriverSet.EMPTY; // not opened for want of something that may return
    private boolean retries; // whether a timer is set
    private long retryNanos = FIRST_RETRY_NANOS;

    /**
     * Makes the migration of one loop.
     *
     * @param following whether it follows the policy
     * @param placed whether its maker has chosen the driver: then it follows changes from now on only
     */
    Migration(Kernel kernel, DriverSeat seat, Wants wants, boolean following, boolean placed) {
        this.kernel = kernel;
        this.reports = new FaultReports(kernel);
        this.seat = seat;
        this.wants = wants;
        this.following = following;
        this.born = placed ? wants.current().generation() : -1;
        this.standing = Standing.on(seat.factory());
    }

    // ---- asking, any thread

    /** Tells whether the loop would have something to do if a value were wanted. Any thread. */
    public boolean isAffectedBy(Wanted wanted) {
        Wanted.ForLoop mine = wanted.wantedFor(kernel.loop());
        return !standing.next(mine, follows(mine)).stays();
    }

    /**
     * Returns what a generation does to the loop; complete when the loop has come to it or to a later one. The thread
     * that brings the loop there completes it. Any thread.
     */
    public CompletableFuture<Outcome> whenReached(Wanted wanted) {
        Wanted.ForLoop mine = wanted.wantedFor(kernel.loop());
        return waiters.add(wanted.generation(), standing.destination(mine, follows(mine)));
    }

    /** Returns how often the driver was exchanged. Any thread. */
    public long exchanges() {
        return exchanges;
    }

    /** Returns the longest pause of the last exchange. Any thread. */
    public long longestPauseNanos() {
        return longestPauseNanos;
    }

    // ---- on the way

    /** Tells whether there is something to do at the next safepoint, so that the loop must not wait. */
    boolean isDue() {
        return active || wants.current().generation() != seen;
    }

    private boolean follows(Wanted.ForLoop wanted) {
        return following && (wanted.since() > born || wanted.special() || displaced);
    }

    /**
     * Does what is due as far as one pause allows: it carries a slice, or opens a driver, or both if all channels make
     * no more than a slice.
     */
    void safepoint() {
        if (!isDue()) {
            return;
        }
        long start = System.nanoTime();
        boolean more = true;
        while (more && isDue()) { // ends: a driver that cannot be opened is not tried again
            more = step(start);
        }
    }

    /** Does all steps, because no thread runs the loop. */
    void doAll() {
        while (isDue()) {
            step(System.nanoTime());
        }
    }

    /** Makes one step; returns whether another one may follow at once. */
    private boolean step(long start) {
        if (seat.mount().isBroken()) {
            leaveBroken();
        }
        Wanted.ForLoop wanted = wants.current().wantedFor(kernel.loop());
        displaced |= wanted.special();
        seen = wanted.generation();
        active = true;
        Move move = standing.next(wanted, follows(wanted));
        switch (move.step()) {
            case STAY -> {
                active = false;
                arrive(wanted);
                return false;
            }
            case BEGIN -> {
                boolean begun = begin(start, move.driver(), wanted);
                pause(System.nanoTime() - start);
                return !begun || isShort();
            }
            case CARRY -> {
                return carry(start, wanted);
            }
        }
        throw new AssertionError(move);
    }

    /** Tells whether all channels make no more than a slice: opening a driver takes as long as that. */
    private boolean isShort() {
        return seat.count() <= Carriage.SLICE;
    }

    /** Opens a driver, to which the next steps carry the channels; returns whether it is open. */
    private boolean begin(long start, @Nullable IoDriverFactory to, Wanted.ForLoop wanted) {
        Standing before = standing;
        boolean decided = false; // not if there is no memory even for a failure: then the next safepoint tries again
        standing = before.with(Phase.MOVING, to);
        if (wants.current().generation() != wanted.generation()) {
            standing = before; // look again: the driver may be gone by now
            return false;
        }
        try {
            Carriage next = new Carriage(
                    seat, before.driver(), new Progress(wants.listeners(), kernel.loopName(), before.driver(), start));
            seat.moveTo(Mount.open(to, kernel, seat));
            carriage = next;
            decided = true;
            return true;
        } catch (IOException e) {
            standing = before.failing(to, wanted.since());
            decided = true;
            Shortage shortage = Shortage.behind(e);
            missed = shortage == null ? missed : missed.with(to);
            refused(to, "cannot be opened", shortage == null ? e : shortage);
            return false;
        } finally {
            standing = decided ? standing : before;
        }
    }

    /** Carries a slice; returns whether another step may follow at once, since nothing is left to carry. */
    private boolean carry(long start, Wanted.ForLoop wanted) {
        Carriage present = carriage;
        if (present == null) {
            throw new IllegalStateException("loop \"" + kernel.loopName()
                    + "\" carries channels outside of an exchange");
        }
        Throwable refusal = present.slice(start);
        present.sliceEnds(System.nanoTime() - start);
        if (refusal != null) {
            giveUpGoal(refusal);
            return false;
        }
        if (seat.firstLeft() != null) {
            return false;
        }
        complete(present, wanted);
        return isShort() || !isAffectedBy(wants.current());
    }

    /** The new driver has failed: the loop goes back or, if the old one has failed as well, all channels wait. */
    private void giveUpGoal(Throwable cause) {
        IoDriverFactory goal = seat.factory();
        standing = standing.failing(goal, wants.current().wantedFor(kernel.loop()).since());
        if (standing.phase() == Phase.MOVING && seat.canTurnBack()) {
            seat.turnBack();
            standing = standing.with(Phase.RETURNING, seat.factory());
        } else {
            park();
        }
        Carriage present = carriage;
        if (present != null) {
            present.turnBack();
        }
        refused(goal, "failed to adopt a channel", cause);
    }

    /**
     * Goes back to the driver that is being left, if the exchange can be turned round, for a channel that the new
     * driver refuses. Returns whether it did.
     */
    boolean turnBack(Throwable cause) {
        if (standing.phase() != Phase.MOVING || !seat.canTurnBack()) {
            return false;
        }
        giveUpGoal(cause);
        return true;
    }

    private void refused(@Nullable IoDriverFactory refused, String what, Throwable cause) {
        String text = "loop \"" + kernel.loopName() + "\" stays on driver " + seat.driverText() + ": driver "
                + DriverCalls.textOf(refused) + " " + what + ": "
                + (cause instanceof Shortage ? Text.ofMessage(cause) : Text.of(cause));
        LOG.log(retryNanos > FIRST_RETRY_NANOS ? Level.DEBUG : Level.WARNING, text, cause);
        done = done.plus(Outcome.stayed(text));
    }

    private void complete(Carriage finished, Wanted.ForLoop wanted) {
        kernel.ioHappened();
        carriage = null;
        seat.closeLeft();
        standing = standing.settled();
        finished.ends();
        Outcome outcome = finished.outcome(kernel.loopName());
        longestPauseNanos = outcome.longestPauseNanos();
        if (outcome.moved() > 0) {
            exchanges = exchanges + 1;
            kernel.meter().exchanged(longestPauseNanos);
        }
        done = done.plus(outcome);
        if (!standing.next(wanted, follows(wanted)).stays()) {
            tell(wanted.generation() - 1, /* passed= */ false);
        }
    }

    /** Notes how long the loop did nothing but the exchange. */
    void pause(long nanos) {
        Carriage present = carriage;
        if (present != null) {
            present.pause(nanos);
        }
    }

    // ---- arriving

    private void arrive(Wanted.ForLoop wanted) {
        Outcome outcome = done;
        boolean told = tell(wanted.generation(), /* passed= */ true);
        done = Outcome.NOTHING;
        if (!told && outcome.moved() > 0) {
            LOG.log(Level.INFO, "loop \"" + kernel.loopName() + "\" runs on driver " + seat.driverText());
        }
        boolean isParked = standing.phase() == Phase.PARKED;
        boolean lacks = isParked ? !standing.failed().isEmpty() : missed.contains(wanted.preferred());
        if (isParked && lacks && missed.isEmpty()) {
            wants.parkedByFailures();
        }
        if (!lacks) {
            missed = DriverSet.EMPTY;
            retryNanos = FIRST_RETRY_NANOS;
        } else if (!retries) {
            retries = true;
            kernel.callAt(kernel.now() + retryNanos, this::retry);
            retryNanos = Math.min(LONGEST_RETRY_NANOS, 2 * retryNanos);
        }
    }

    /** Tries again: what a driver missed, such as descriptors, may be there by now. */
    private void retry() {
        retries = false;
        IoDriverFactory preferred = wants.current().wantedFor(kernel.loop()).preferred();
        if (standing.phase() == Phase.PARKED) {
            standing = standing.forgiving();
        } else if (preferred != null && missed.contains(preferred)) {
            standing = standing.forgiving(preferred);
        } else {
            return;
        }
        missed = DriverSet.EMPTY;
        active = true;
    }

    /** Completes the waiters of all generations up to {@code last}, see {@link Waiters#tell}. */
    private boolean tell(long last, boolean passed) {
        IoDriverFactory present = seat.factory();
        DriverSet failed = standing.failed();
        Outcome passedOver = passed ? notFollowed("another change came before") : null;
        boolean told = waiters.tell(last, driver -> driver == present || failed.contains(driver), done, passedOver);
        if (told) {
            done = Outcome.NOTHING;
        }
        return told;
    }

    private Outcome notFollowed(String why) {
        return Outcome.stayed("loop \"" + kernel.loopName() + "\" has not followed: " + why);
    }

    // ---- faults and the end

    /** A driver has failed; it serves nothing any more. */
    void faulted(Mount faulty, Throwable cause) {
        active = true;
        boolean tooOften = faulty == seat.mount() && faults.add(faulty.factory, System.nanoTime());
        String what = "driver " + faulty.text() + " of loop \"" + kernel.loopName() + "\" is broken: ";
        if (tooOften && faulty.factory != null) {
            standing = standing.failing(faulty.factory, wants.current().wantedFor(kernel.loop()).since());
            String reason = "it failed " + Faults.MOST + " times within " + Faults.WITHIN_NANOS / 1_000_000_000
                    + " s on loop \"" + kernel.loopName() + "\", at last with " + Text.of(cause);
            reports.tell(ExceptionContext.of(what + reason, cause));
            if (!Shortage.isOfMemory(cause)) { // else no code is to blame: only this loop leaves the driver
                wants.givenUp(kernel.loopName(), faulty.factory, reason);
            }
        } else {
            reports.tell(ExceptionContext.of(what + "its channels go to a fresh one", cause));
        }
    }

    /** Decides where a loop goes whose present driver has failed. */
    private void leaveBroken() {
        Throwable cause = seat.mount().fault();
        switch (standing.phase()) {
            case SETTLED, PARKED -> standing = standing.with(Phase.BROKEN, seat.factory());
            case MOVING -> {
                if (seat.canTurnBack()) {
                    giveUpGoal(cause == null ? new IOException("the driver has failed") : cause);
                } else {
                    park();
                }
            }
            case RETURNING -> park();
            case BROKEN, CLOSED -> { }
        }
    }

    /** No driver of this exchange works any more: the channels wait for the next one, which may be a fresh one. */
    private void park() {
        seat.moveTo(Mount.parked(seat));
        standing = standing.with(Phase.MOVING, null);
    }

    /** The loop closes: all waiters are completed. */
    void close() {
        standing = standing.with(Phase.CLOSED, null);
        active = false;
        try {
            waiters.close(notFollowed("it was closed"));
        } finally {
            seat.closeAll();
            reports.tellAll();
        }
    }
}
