package aio.core.thread;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Threads for the core's own work that must not run on the thread of a loop. Users cannot fill them, so the work of the
 * core never waits for theirs. They are made when needed, end when idle, and hold no class loader but the core's. Any
 * thread.
 *
 * <p>Work begins only as there is room for it; but work that blocks (a user's trust manager may ask the network) does
 * not hold up the rest for longer than {@link #PATIENCE_MILLIS}: then another thread begins beside it.
 */
public final class CorePool implements AutoCloseable {
    private static final long IDLE_NANOS = 10_000_000_000L;
    private static final long PATIENCE_MILLIS = 50;

    private final CoreExecutor threads;
    private final Semaphore room;
    private final Set<FutureTask<Void>> accepted = ConcurrentHashMap.newKeySet();

    /** Work that was accepted. */
    public interface Work {

        /** Takes it out of the queue, or interrupts it. */
        void giveUp();
    }

    /**
     * Makes a pool without threads.
     *
     * @param name the beginning of the threads' names
     * @param atOnce how many pieces of work run at once, as long as they do not block
     * @param threads the greatest number of threads
     */
    public CorePool(String name, int atOnce, int threads) {
        this.room = new Semaphore(atOnce, true);
        this.threads = new CoreExecutor(name, threads, IDLE_NANOS);
    }

    /**
     * Runs work soon.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    public Work run(Runnable work) {
        FutureTask<Void> task = new FutureTask<>(() -> runInTurn(work), null) {
            @Override
            protected void done() {
                accepted.remove(this);
            }
        };
        threads.execute(task);
        accepted.add(task);
        if (task.isDone()) {
            accepted.remove(task);
        }
        if (threads.isShutdown()) {
            task.cancel(true);
        }
        return () -> {
            task.cancel(true);
            threads.remove(task);
        };
    }

    private void runInTurn(Runnable work) {
        boolean inRoom = false;
        try {
            inRoom = room.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // given up, or the core ends
        } finally {
            if (inRoom) {
                room.release();
            }
        }
    }

    /** Ends the threads; those at work are interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
        accepted.forEach(task -> task.cancel(true));
    }
}
