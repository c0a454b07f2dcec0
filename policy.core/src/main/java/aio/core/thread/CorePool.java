package aio.core.thread;

import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for the core's own work that must not run on the thread of a loop. Users cannot fill them, so the work of the
 * core never waits for theirs. They are made when needed, end when idle, and hold no class loader but the core's. Any
 * thread.
 *
 * <p>Work begins only as there is room for it; but work that blocks (a user's trust manager may ask the network) does
 * not hold up the rest for longer than {@link #PATIENCE_MILLIS}: then another thread begins beside it.
 */
public final class CorePool implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;
    private static final long PATIENCE_MILLIS = 50;

    private final String name;
    private final ThreadPoolExecutor pool;
    private final Semaphore room;

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
        AtomicInteger number = new AtomicInteger();
        this.name = name;
        this.room = new Semaphore(atOnce, true);
        this.pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> CoreThreads.newThread(name + "-" + number.getAndIncrement(), task));
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs work soon.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    public Work run(Runnable work) {
        FutureTask<Void> task = new FutureTask<>(() -> runInTurn(work), null);
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            throw new RejectedExecutionException("the threads \"" + name + "\" have ended with the core", e);
        }
        return () -> {
            task.cancel(true);
            pool.remove(task);
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
        pool.shutdownNow();
    }
}
