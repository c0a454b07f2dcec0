package aio.core.loop;

import aio.core.foreign.ForeignFailure;
import aio.core.foreign.Tools;
import aio.core.foreign.Wall;
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
        Tools.execute(threads, () -> {
            if (result.isDone()) {
                return; // cancelled before it began
            }
            try {
                result.complete(Wall.call(work));
            } catch (ForeignFailure e) {
                result.fail(e.failure());
            }
        });
        return result;
    }
}
