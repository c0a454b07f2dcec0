package aio.core.kernel;

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
    private final String loopName;
    private final Consumer<Throwable> failures;
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
        this.loopName = loopName;
        this.failures = failures;
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
    synchronized void startRunning() {
        Thread thread = Thread.currentThread();
        boolean interrupted = false;
        while (holder != null) {
            if (runner != null) {
                throw new IllegalStateException(
                        "loop \"" + loopName + "\" is already running, on thread \"" + holder.getName() + "\"");
            }
            if (holder == thread) {
                throw new IllegalStateException("loop \"" + loopName
                        + "\" cannot be run from inside a call that it makes while it does not run,"
                        + " such as that of a protocol factory: return first, then run it");
            }
            interrupted |= !waitFor(0);
        }
        holder = thread;
        runner = thread;
        if (interrupted) {
            thread.interrupt();
        }
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

    private void awaitClaim(long maxWaitNanos) {
        long deadline = System.nanoTime() + maxWaitNanos;
        boolean interrupted = false;
        while (holder != null && runner == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            interrupted |= !waitFor(left);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits to be notified, 0 waits without limit; returns false if the thread was interrupted. */
    private boolean waitFor(long nanos) {
        try {
            wait(nanos == 0 ? 0 : Math.max(1, nanos / 1_000_000));
            return true;
        } catch (InterruptedException e) {
            return false; // the caller sets the flag again when it has stopped waiting
        }
    }

    /** Does what other threads have handed over meanwhile, then ends the claim. */
    private void giveUp() {
        for (Runnable errand = nextOrEnd(); errand != null; errand = nextOrEnd()) {
            try {
                errand.run();
            } catch (Throwable failure) { // of an action that another thread wanted: it must not reach this one
                failures.accept(failure);
            }
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
