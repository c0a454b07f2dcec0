package aio.core.loop;

import aio.core.foreign.ForeignFailure;
import aio.core.foreign.Tools;
import aio.core.foreign.Wall;
import aio.core.kernel.Kernel;
import aio.core.kernel.OwnedFuture;
import aio.loop.LoopFuture;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** Runs work beside a loop and brings its result to the loop. Any thread. */
final class Background {
    private final Kernel kernel;
    private final Executor threads;

    Background(Kernel kernel, Executor threads) {
        this.kernel = kernel;
        this.threads = Objects.requireNonNull(threads, "executor");
    }

    /** Runs work; if its bundle stops before the work has begun, the work is never run. */
    <T> LoopFuture<T> run(Callable<T> work) {
        OwnedFuture<T> result = new OwnedFuture<>(
                kernel, kernel.calls().noted(Objects.requireNonNull(work, "work")));
        boolean taken = false;
        try {
            Tools.execute(threads, () -> begin(result));
            taken = true;
            return result;
        } finally {
            if (!taken) {
                result.cancel();
            }
        }
    }

    private static <T> void begin(OwnedFuture<T> result) {
        if (!(result.user() instanceof Callable<?> work)) {
            return; // cancelled before the work began
        }
        try {
            @SuppressWarnings("unchecked") // the type that it was made with
            T value = (T) Wall.call(work);
            result.complete(value);
        } catch (ForeignFailure e) {
            result.fail(e.failure());
        }
    }
}
