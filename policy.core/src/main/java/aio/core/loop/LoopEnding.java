package aio.core.loop;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Wall;
import aio.core.kernel.Kernel;
import aio.core.kernel.Resident;
import aio.core.thread.Starts;
import aio.loop.LoopClosedException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends one loop in order: its protocols are told, then it stops, then it is closed, all on the thread that runs it. A
 * loop that does not run gets a thread for that, since its protocols may do anything. So the caller may be on any
 * thread, and a blocked loop ends as soon as it is free. Any thread.
 */
final class LoopEnding {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final long LAST_STEPS_NANOS = 1_000_000_000;

    private final CoreLoop loop;
    private final Kernel kernel;
    private final Throwable cause;
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile @Nullable Thread lastRunner; // made for the last run
    private volatile @Nullable Thread closer; // that has closed the loop, if it is one of the core

    LoopEnding(CoreLoop loop, Throwable cause) {
        this.loop = loop;
        this.kernel = loop.kernel();
        this.cause = cause;
    }

    /** Begins, without waiting. */
    void begin() {
        kernel.whenRunEnds(this::close); // also if an error ends its last run
        try {
            kernel.callSoonThreadsafe(this::tell);
        } catch (LoopClosedException e) {
            closed.countDown(); // it has ended by itself
            return;
        } finally {
            // a managed loop has a thread, which runs it until it is closed
            if (!loop.isManaged() && kernel.runner() == null) {
                Starts.begin("aio-ending-" + kernel.loopName(), this::runLast);
            }
        }
    }

    private void runLast() {
        lastRunner = Thread.currentThread();
        step("runs already: it ends when that run does", () -> {
            try {
                kernel.runForever();
            } catch (LoopClosedException e) {
                closed.countDown(); // a run in progress has ended it
            }
        });
    }

    private void tell() {
        try {
            // what is ready still runs: it may include a connectionLost
            for (Resident resident : kernel.residents().of(user -> true)) {
                step("has something that could not be ended in order: it is closed with the loop",
                        () -> resident.end(cause));
            }
        } finally {
            kernel.callSoon(kernel::stop);
        }
    }

    private void close() {
        try {
            step("could not be closed", this::closeOrStop);
        } finally {
            if (kernel.isClosed() || kernel.runner() == null) {
                Thread present = Thread.currentThread();
                boolean isOurs = loop.isManaged() || present == lastRunner;
                closer = isOurs && kernel.isClosed() ? present : null;
                closed.countDown();
            }
        }
    }

    /** The last run may begin just when another one is done: then that run closes the loop at its end. */
    private void closeOrStop() {
        try {
            loop.closeNow();
        } catch (IllegalStateException e) {
            if (kernel.runner() == null && !kernel.isClosed()) {
                throw e;
            }
            stopLast();
        }
    }

    private void stopLast() {
        try {
            kernel.callSoonThreadsafe(kernel::stop);
        } catch (LoopClosedException e) {
            closed.countDown(); // it has ended already
        }
    }

    private void step(String failureMessage, Wall.Step step) {
        Wall.run(LOG, Level.WARNING, "loop \"" + kernel.loopName() + "\" " + failureMessage, step);
    }

    /**
     * Waits until loops are closed, then for the last steps of those threads of the core that have closed them. Does
     * not wait for the loop of the present thread: that ends after the call has returned.
     */
    static void await(List<LoopEnding> endings, long deadline) {
        String failure = "could not be waited for";
        endings.forEach(each -> each.step(failure, () -> each.awaitClosed(deadline)));
        endings.forEach(each -> each.step(failure, () -> each.awaitThread(deadline)));
    }

    private void awaitClosed(long deadline) {
        if (kernel.isOnLoopThread()) {
            return;
        }
        try {
            if (!closed.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                LOG.log(Level.WARNING, BlockedLoops.describe(loop, Origin.NONE)
                        + "; it is left behind, and ends when that returns");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a limited time: where threads are short, the thread continues with other work. */
    private void awaitThread(long deadline) {
        Thread last = closer;
        if (last == null || kernel.isOnLoopThread()) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.timedJoin(last, Math.min(LAST_STEPS_NANOS, deadline - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
