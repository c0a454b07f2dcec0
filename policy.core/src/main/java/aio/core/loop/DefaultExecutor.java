package aio.core.loop;

import aio.core.foreign.ForeignFailure;
import aio.core.foreign.Tools;
import aio.core.foreign.Wall;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.thread.CoreThreads;
import aio.core.time.Durations;
import aio.loop.LoopFuture;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs blocking work for a loop; the default executor is made on first use. Any thread. */
final class DefaultExecutor {
    private static final Logger LOG = System.getLogger("aio.loop");
    private static final int MAX_THREADS = 32; // asyncio: min(32, cpus + 4)

    private final Kernel kernel;
    private @Nullable ExecutorService executor;
    private boolean shutDown;

    DefaultExecutor(Kernel kernel) {
        this.kernel = kernel;
    }

    <T> LoopFuture<T> run(Callable<T> work) {
        Objects.requireNonNull(work, "work");
        return new Background(kernel, present()).run(work);
    }

    private synchronized ExecutorService present() {
        kernel.checkClosed();
        if (shutDown) {
            throw new IllegalStateException("Executor shutdown has been called on loop \"" + kernel.loopName()
                    + "\": give an executor of your own");
        }
        if (executor == null) {
            executor = pool();
        }
        return executor;
    }

    private ThreadPoolExecutor pool() {
        AtomicInteger number = new AtomicInteger();
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors() + 4);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> CoreThreads.newThread(kernel.loopName() + "-executor-" + number.getAndIncrement(), task));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    synchronized void set(ExecutorService next) {
        kernel.checkClosed();
        executor = Objects.requireNonNull(next, "executor");
    }

    /** Shuts the executor down and waits for its end on a thread of its own. */
    LoopFuture<Void> shutdown(@Nullable Duration timeout) {
        ExecutorService present;
        synchronized (this) {
            shutDown = true;
            present = executor;
            executor = null;
        }
        CoreFuture<Void> done = new CoreFuture<>(kernel);
        if (present == null) {
            done.complete(null);
            return done;
        }
        CoreThreads.newThread(kernel.loopName() + "-executor-shutdown", () -> await(present, timeout, done)).start();
        return done;
    }

    private void await(ExecutorService stopped, @Nullable Duration timeout, CoreFuture<Void> done) {
        long nanos = timeout == null ? Long.MAX_VALUE : Durations.nanos(timeout);
        try {
            if (!Tools.end(stopped, nanos)) {
                LOG.log(Level.WARNING, "The executor of loop \"" + kernel.loopName() + "\" did not finish joining its"
                        + " threads within " + nanos / 1e9 + " seconds: they are abandoned");
            }
            done.complete(null);
        } catch (ForeignFailure e) {
            done.fail(e.failure());
        }
    }

    /** Shuts the executor down without waiting. */
    void close() {
        ExecutorService present;
        synchronized (this) {
            shutDown = true;
            present = executor;
            executor = null;
        }
        if (present != null) {
            Wall.run(LOG, Level.WARNING, "the executor of loop \"" + kernel.loopName() + "\" could not be shut down",
                    () -> Tools.shutdown(present));
        }
    }
}
