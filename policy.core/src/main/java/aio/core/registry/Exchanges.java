package aio.core.registry;

import aio.core.loop.ExchangeReport;
import aio.core.loop.LateLoop;
import aio.loop.LoopInfo;
import aio.loop.RunningLoop;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the loops do what the registry decided, one step after the other in the order of the decisions, each time for
 * the policy that is current by then: a driver that has gone meanwhile never comes back under a loop. Any thread.
 */
final class Exchanges {
    private static final Logger LOG = System.getLogger("aio.policy");
    private static final ExchangeReport STILL_FOLLOWING =
            new ExchangeReport(0, 0, 0, 0, List.of("the loops are still following: see the history later"));

    private final Object lock = new Object();
    private final Deque<Step> steps = new ArrayDeque<>();
    private final Followers followers;
    private final History history;
    private final LongSupplier maxWaitNanos;
    private @Nullable Thread performer;

    Exchanges(Followers followers, History history, LongSupplier maxWaitNanos) {
        this.followers = followers;
        this.history = history;
        this.maxWaitNanos = maxWaitNanos;
    }

    void add(Step step) {
        synchronized (lock) {
            steps.add(step);
        }
    }

    /**
     * Performs the steps up to {@code mine}, or waits until another thread has: for a bounded time, and not at all on
     * the thread of a loop, nor inside a listener.
     */
    void settle(Step mine, Selection selection) {
        if (!takeOver(mine)) {
            return;
        }
        try {
            for (Step next = next(); next != null; next = next()) {
                Change change = null;
                try {
                    change = perform(next, selection);
                } finally {
                    finished(next, change);
                }
            }
        } finally {
            handBack();
        }
    }

    /** Returns what is known of a change; if its turn is not over yet, that all loops are still to follow. */
    @Nullable Change changeOf(Step step, Selection selection) {
        if (!step.isChange()) {
            return null;
        }
        synchronized (lock) {
            if (step.change != null) {
                return step.change;
            }
        }
        if (selection.currentDriver() != null) {
            return step.result(STILL_FOLLOWING, (int) followers.infos().stream().filter(LoopInfo::follows).count());
        }
        // nobody follows a policy that brings no driver, but some may have to leave theirs
        return step.result(needsDriver(step) ? STILL_FOLLOWING : ExchangeReport.NOTHING, 0);
    }

    /** Answers whether this thread is to perform the steps. */
    private boolean takeOver(Step mine) {
        long deadline = System.nanoTime() + maxWaitNanos.getAsLong();
        boolean mayWait = RunningLoop.get() == null;
        synchronized (lock) {
            while (!mine.done && performer != null) {
                long left = deadline - System.nanoTime();
                if (!mayWait || performer == Thread.currentThread() || left <= 0 || !await(left)) {
                    return false; // the performer goes on until there is no step left
                }
            }
            if (mine.done) {
                return false;
            }
            performer = Thread.currentThread();
            return true;
        }
    }

    private boolean await(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(lock, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private @Nullable Step next() {
        synchronized (lock) {
            Step next = steps.poll();
            if (next == null) {
                performer = null;
                lock.notifyAll();
            }
            return next;
        }
    }

    private void handBack() {
        synchronized (lock) {
            if (performer == Thread.currentThread()) {
                performer = null;
                lock.notifyAll();
            }
        }
    }

    private void finished(Step step, @Nullable Change change) {
        synchronized (lock) {
            step.done = true;
            step.change = change;
            lock.notifyAll();
        }
    }

    private @Nullable Change perform(Step step, Selection selection) {
        ExchangeReport report = exchange(step, selection);
        if (!step.isChange()) {
            if (report.lost() > 0 || !report.stayed().isEmpty()) {
                LOG.log(Level.WARNING, "policy: " + step.cause.text() + "; " + report.lost() + " lost; stayed: "
                        + String.join("; ", report.stayed()));
            }
            return null;
        }
        Change change = step.result(report, report.late().size());
        history.add(change);
        for (LateLoop loop : report.late()) {
            loop.outcome().thenAccept(
                    outcome -> history.amend(change.number(), remembered -> remembered.followed(loop, outcome)));
        }
        LOG.log(step.isAnnounced() ? Level.INFO : Level.DEBUG, () -> "policy: " + change.summary());
        history.tell(change);
        return change;
    }

    private ExchangeReport exchange(Step step, Selection selection) {
        long deadline = System.nanoTime() + maxWaitNanos.getAsLong();
        ExchangeReport report = ExchangeReport.NOTHING;
        try {
            IoDriverFactory target = selection.currentDriver();
            if (target == null && needsDriver(step)) {
                target = selection.anyDriver();
                report = target != null && followers.isAnyParked() ? followers.follow(target, left(deadline)) : report;
            } else if (target != null) {
                report = followers.follow(target, left(deadline));
            }
            for (IoDriverFactory gone : step.gone()) {
                if (!selection.brings(gone)) {
                    report = report.plus(followers.evict(gone, target, left(deadline)));
                }
            }
            return step.isChange() && selection.currentDriver() == null ? report.plus(keepers(selection)) : report;
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, "policy: the loops could not follow (" + step.cause.text() + ")", e);
            return report.plus(new ExchangeReport(0, 0, 0, 0, List.of("the loops could not follow: " + e)));
        }
    }

    private boolean needsDriver(Step step) {
        return !step.gone().isEmpty() || followers.isAnyParked();
    }

    /** Says that running loops keep their driver, because the new policy brings none. */
    private ExchangeReport keepers(Selection selection) {
        int keeping = followers.countDriven();
        if (keeping == 0 || selection.current() == null) {
            return ExchangeReport.NOTHING;
        }
        String note = "the policy brings no driver: new loops only, " + Change.count(keeping, "running loop")
                + (keeping == 1 ? " keeps its driver" : " keep their driver");
        return new ExchangeReport(0, 0, 0, 0, List.of(note));
    }

    private static long left(long deadline) {
        return Math.max(0, deadline - System.nanoTime());
    }
}
