package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.loop.Bridges;
import aio.loop.LoopFuture;
import aio.loop.Running;
import aio.loop.Tasks;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a loop runs, stops and ends. */
interface RunningOfLoop extends Running, Tasks, Bridges {
    String name();

    Kernel kernel();

    DefaultExecutor executor();

    void checkNotManaged(String method);

    /** Closes the loop, managed or not. */
    void closeNow();

    @Override
    default void runForever() {
        checkNotManaged("runForever");
        kernel().runForever();
    }

    @Override
    default <T> @Nullable T runUntilComplete(CompletionStage<T> future) {
        Objects.requireNonNull(future, "future");
        checkNotManaged("runUntilComplete");
        kernel().checkClosed();
        LoopFuture<T> own = own(future);
        AtomicBoolean waiting = new AtomicBoolean(true);
        Consumer<LoopFuture<T>> stopper = done -> {
            if (waiting.get()) { // else it was scheduled by a run that an error has left since
                kernel().stop();
            }
        };
        own.addDoneCallback(stopper);
        try {
            kernel().runForever();
        } finally {
            waiting.set(false);
            own.removeDoneCallback(stopper);
        }
        if (!own.isDone()) {
            throw new IllegalStateException("Event loop stopped before Future completed: loop \"" + name() + "\"");
        }
        return own.result();
    }

    private <T> LoopFuture<T> own(CompletionStage<T> stage) {
        if (stage instanceof LoopFuture<T> future) {
            if (future.getLoop() != this) {
                throw new IllegalArgumentException("the future belongs to another loop: that of loop \""
                        + future.getLoop().name() + "\" was given to loop \"" + name() + "\"");
            }
            return future;
        }
        return wrapFuture(stage);
    }

    @Override
    default <T> @Nullable T runUntilComplete(Callable<? extends CompletionStage<T>> work) {
        checkNotManaged("runUntilComplete");
        return runUntilComplete(this.<T>createTask(work));
    }

    @Override
    default void stop() {
        checkNotManaged("stop");
        kernel().stop();
    }

    @Override
    default boolean isRunning() {
        return kernel().runner() != null;
    }

    @Override
    default boolean isClosed() {
        return kernel().isClosed();
    }

    @Override
    default void close() {
        checkNotManaged("close");
        closeNow();
    }

    @Override
    default LoopFuture<Void> shutdownDefaultExecutor() {
        checkNotManaged("shutdownDefaultExecutor");
        return executor().shutdown(null);
    }

    @Override
    default LoopFuture<Void> shutdownDefaultExecutor(Duration timeout) {
        checkNotManaged("shutdownDefaultExecutor");
        return executor().shutdown(Objects.requireNonNull(timeout, "timeout"));
    }
}
