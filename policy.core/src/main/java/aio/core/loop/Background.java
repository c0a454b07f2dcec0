package aio.core.loop;

import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.loop.LoopFuture;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** Runs work beside a loop and brings its result there. Any thread. */
final class Background {
    private final Kernel kernel;
    private final Executor threads;

    Background(Kernel kernel, Executor threads) {
        this.kernel = kernel;
        this.threads = Objects.requireNonNull(threads, "executor");
    }

    <T> LoopFuture<T> run(Callable<T> work) {
        Objects.requireNonNull(work, "work");
        kernel.checkClosed();
        CoreFuture<T> result = new CoreFuture<>(kernel);
        threads.execute(() -> {
            if (result.isDone()) {
                return; // cancelled before it began
            }
            try {
                result.complete(work.call());
            } catch (Throwable failure) {
                result.fail(failure);
            }
        });
        return result;
    }
}
