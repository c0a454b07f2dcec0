package aio.core.thread;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does work on threads of the core: at most so many at once, none that is not needed, and each ends when it was idle
 * for a while. Work is done in the order in which it has come. If the system has no thread left, the work waits for one
 * of this executor, or for one of {@link Starts}; the caller does not notice. No method interrupts a thread, which
 * could close the file that is read there. Any thread; locks may be held.
 */
public final class CoreExecutor extends AbstractExecutorService {
    private final String name;
    private final int most;
    private final long idleNanos;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Deque<Runnable> waiting = new ArrayDeque<>(); // this and the following guarded by this
    private int threads; // begun, or to begin as soon as the system has one
    private int idle;
    private int made;
    private boolean shutDown;

    /**
     * Makes one without threads.
     *
     * @param name the beginning of the threads' names
     * @param most the greatest number of threads
     * @param idleNanos how long a thread waits for work before it ends
     */
    public CoreExecutor(String name, int most, long idleNanos) {
        this.name = name;
        this.most = most;
        this.idleNanos = idleNanos;
    }

    /**
     * Does work as soon as there is a thread for it.
     *
     * @throws RejectedExecutionException after {@link #shutdown}
     */
    @Override
    public void execute(Runnable work) {
        int number;
        synchronized (this) {
            if (shutDown) {
                throw new RejectedExecutionException("the threads \"" + name + "\" do not take work any more: they"
                        + " have been shut down");
            }
            waiting.add(Objects.requireNonNull(work, "work"));
            if (idle >= waiting.size()) {
                notify();
                return;
            }
            if (threads >= most) {
                return;
            }
            threads++;
            number = made++;
        }
        Starts.begin(name + "-" + number, this::work);
    }

    private void work() {
        boolean failed = true;
        try {
            while (doNext()) { // whose frame is all that holds the work: an idle thread keeps nothing of a user
                Thread.interrupted(); // whatever it was, it was meant for the work before
            }
            failed = false;
        } finally {
            if (failed) {
                replace();
            }
        }
    }

    private boolean doNext() {
        Runnable next = next();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    /** Work has ended the thread that did it: what waits gets another one. */
    private void replace() {
        int number;
        synchronized (this) {
            if (waiting.isEmpty()) {
                threads--;
                tellEnded();
                return;
            }
            number = made++;
        }
        Starts.begin(name + "-" + number, this::work);
    }

    /** Returns what this thread does next; null if it is to end. */
    private synchronized @Nullable Runnable next() {
        long start = System.nanoTime();
        while (waiting.isEmpty()) {
            long left = idleNanos - (System.nanoTime() - start);
            if (shutDown || left <= 0) {
                threads--;
                tellEnded();
                return null;
            }
            idle++;
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                // too late for the work before
            } finally {
                idle--;
            }
        }
        return waiting.poll();
    }

    private void tellEnded() {
        if (shutDown && threads == 0 && waiting.isEmpty()) {
            ended.countDown();
        }
    }

    /** Withdraws work that has not begun. */
    synchronized void remove(Runnable work) {
        waiting.remove(work);
        tellEnded();
    }

    /** Takes no more work; what waits is done. Idempotent. */
    @Override
    public synchronized void shutdown() {
        shutDown = true;
        notifyAll();
        tellEnded();
    }

    /** Takes no more work, and forgets what has not begun. Idempotent. */
    @Override
    public synchronized List<Runnable> shutdownNow() {
        List<Runnable> forgotten = new ArrayList<>(waiting);
        waiting.clear();
        shutdown();
        return forgotten;
    }

    @Override
    public synchronized boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return ended.getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return ended.await(timeout, unit);
    }
}
