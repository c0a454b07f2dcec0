package aio.core.kernel;

import aio.core.foreign.CoreLog;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides which thread may touch the state of a loop: the one that runs it or, while none does, one that has claimed
 * it. A claim may last, since it may call code of a user (a protocol factory, say). No thread spins for it: an action
 * that another thread wants done meanwhile is done by the claiming thread before it gives up the claim. Any thread.
 */
final class Ownership {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final String UNTOLD = "the failure of an operation on a loop, which did not run, cannot be told";

    private final String loopName;
    private final Consumer<Throwable> failures;
    private final long patienceNanos;
    private final Deque<Runnable> errands = new ArrayDeque<>(); // guarded by this
    private @Nullable Thread holder; // guarded by this: runs the loop, or has claimed it

    // Written under the monitor, read without it: a thread only needs to know whether it is the runner itself.
    private volatile @Nullable Thread runner;

    /** What became of an attempt to claim a loop. */
    enum Claim { DONE, RUNNING, HELD }

    /**
     * Makes the ownership of one loop.
     *
     * @param failures receives what was thrown by an action that another thread has handed over
     */
    Ownership(String loopName, Consumer<Throwable> failures) {
        this(loopName, failures, PATIENCE_NANOS);
    }

    /** As above, with how long closing waits for the claim of another thread, and a run before it says so. */
    Ownership(String loopName, Consumer<Throwable> failures, long patienceNanos) {
        this.loopName = loopName;
        this.failures = failures;
        this.patienceNanos = patienceNanos;
    }

    /** Returns the thread that runs the loop, or null. */
    @Nullable Thread runner() {
        return runner;
    }

    /** Returns the thread that runs the loop or has claimed it, or null. */
    synchronized @Nullable Thread holder() {
        return holder;
    }

    /** Tells whether this thread runs the loop. */
    boolean isRunner() {
        return Thread.currentThread() == runner;
    }

    /**
     * Makes this thread the one that runs the loop, after the claim of another thread has ended.
     *
     * @throws IllegalStateException if a thread runs it, or if this thread is inside its own claim
     */
    void startRunning() {
        for (boolean told = false; !startsWithin(patienceNanos); told = true) {
            if (!told) {
                LOG.log(Level.WARNING, "loop \"" + loopName + "\" is to run on thread \""
                        + Thread.currentThread().getName() + "\", which waits for " + byHolder() + ": an operation"
                        + " there, such as a call of a protocol factory, has not returned");
            }
        }
    }

    /** Returns false if another thread has not ended its claim by then. */
    private synchronized boolean startsWithin(long nanos) {
        Thread thread = Thread.currentThread();
        if (holder == thread && runner == null) {
            throw new IllegalStateException("loop \"" + loopName
                    + "\" cannot be run from inside a call that it makes while it does not run,"
                    + " such as that of a protocol factory: return first, then run it");
        }
        awaitClaim(nanos);
        if (runner != null) {
            throw new IllegalStateException("loop \"" + loopName + "\" is already running, on " + byHolder());
        }
        if (holder != null) {
            return false;
        }
        holder = thread;
        runner = thread;
        return true;
    }

    private synchronized String byHolder() {
        return holder == null ? "another thread" : "thread \"" + holder.getName() + "\"";
    }

    synchronized void endRunning() {
        runner = null;
        holder = null;
        notifyAll();
    }

    /**
     * Does something to the loop while no thread runs it; returns false, without doing it, if one does. If another
     * thread has claimed the loop, that thread does it: this call does not wait.
     */
    boolean ifIdle(Runnable action) {
        synchronized (this) {
            if (runner != null) {
                return false;
            }
            if (holder != null && holder != Thread.currentThread()) {
                errands.add(action);
                return true;
            }
        }
        return claimAndRun(action, 0) == Claim.DONE || ifIdle(action);
    }

    /** Does something to the loop now, while no thread runs it; waits for the claim of another thread to end. */
    Claim claimAndRun(Runnable action, long maxWaitNanos) {
        boolean nested;
        synchronized (this) {
            nested = holder == Thread.currentThread() && runner == null;
            if (!nested) {
                awaitClaim(maxWaitNanos);
                if (holder != null) {
                    return runner != null ? Claim.RUNNING : Claim.HELD;
                }
                holder = Thread.currentThread();
            }
        }
        try {
            action.run();
        } finally {
            if (!nested) {
                giveUp();
            }
        }
        return Claim.DONE;
    }

    /**
     * Does something to the loop, which is then closed; waits for the claim of another thread to end.
     *
     * @throws IllegalStateException if a thread runs the loop, or does not end its claim
     */
    void claimToClose(Runnable action) {
        Claim claim = claimAndRun(action, patienceNanos);
        if (claim != Claim.DONE) {
            throw new IllegalStateException(claim == Claim.RUNNING
                    ? "Cannot close a running event loop: loop \"" + loopName + "\" runs on " + byHolder()
                            + "; stop it first"
                    : "Cannot close loop \"" + loopName + "\": an operation of " + byHolder()
                            + " on it has not returned");
        }
    }

    private void awaitClaim(long maxWaitNanos) {
        long deadline = System.nanoTime() + maxWaitNanos;
        boolean interrupted = false;
        while (holder != null && runner == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                wait(Math.max(1, left / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true; // set again below
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does what other threads have handed over meanwhile, then ends the claim. */
    private void giveUp() {
        for (Runnable errand = nextOrEnd(); errand != null; errand = nextOrEnd()) {
            try {
                errand.run();
            } catch (Throwable failure) { // of an action that another thread wanted: it must not reach this one
                tell(failure);
            }
        }
    }

    /** Whatever happens here, the errands go on, and the claim ends. */
    private void tell(Throwable failure) {
        try {
            failures.accept(failure);
        } catch (Throwable untold) {
            LOG.log(Level.WARNING, UNTOLD, untold);
        }
    }

    private synchronized @Nullable Runnable nextOrEnd() {
        Runnable next = errands.poll();
        if (next == null) {
            holder = null;
            notifyAll();
        }
        return next;
    }
}
