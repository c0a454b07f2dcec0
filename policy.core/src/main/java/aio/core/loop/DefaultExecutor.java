package aio.core.loop;

import aio.core.foreign.CoreLog;
import aio.core.foreign.ForeignFailure;
import aio.core.foreign.Tools;
import aio.core.foreign.Wall;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.thread.CoreExecutor;
import aio.core.thread.Starts;
import aio.core.time.Durations;
import aio.loop.LoopFuture;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Runs blocking work for a loop; the default executor is made on first use. Any thread. */
final class DefaultExecutor {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final int MAX_THREADS = 32; // asyncio: min(32, cpus + 4)
    private static final long IDLE_NANOS = 30_000_000_000L;

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
            int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors() + 4);
            executor = new CoreExecutor(kernel.loopName() + "-executor", threads, IDLE_NANOS);
        }
        return executor;
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
        Starts.begin(kernel.loopName() + "-executor-shutdown", () -> await(present, timeout, done));
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
