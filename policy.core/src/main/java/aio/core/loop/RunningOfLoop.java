package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.core.kernel.WrappedStage;
import aio.loop.LoopFuture;
import aio.loop.Running;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a loop runs, stops and ends. */
interface RunningOfLoop extends Running {
    String name();

    Kernel kernel();

    LoopTasks tasks();

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
        checkOwn(Objects.requireNonNull(future, "future"));
        return runUntil(() -> future instanceof LoopFuture<T> own ? own : WrappedStage.of(kernel(), future));
    }

    private void checkOwn(CompletionStage<?> stage) {
        if (stage instanceof LoopFuture<?> future && future.getLoop() != this) {
            throw new IllegalArgumentException("the future belongs to another loop: that of loop \""
                    + future.getLoop().name() + "\" was given to loop \"" + name() + "\"");
        }
    }

    @Override
    default <T> @Nullable T runUntilComplete(Callable<? extends CompletionStage<T>> work) {
        Objects.requireNonNull(work, "work");
        return runUntil(() -> tasks().create(work, LoopTasks.nextName()));
    }

    /** Begins something and runs until it is done; a run that is refused has begun nothing. */
    private <T> @Nullable T runUntil(Supplier<LoopFuture<T>> begin) {
        checkNotManaged("runUntilComplete");
        AtomicBoolean waiting = new AtomicBoolean(true);
        Consumer<LoopFuture<T>> stopper = done -> {
            if (waiting.get()) { // else an error has ended the run that scheduled this
                kernel().stop();
            }
        };
        AtomicReference<LoopFuture<T>> begun = new AtomicReference<>();
        try {
            kernel().run(() -> {
                LoopFuture<T> own = begin.get();
                own.addDoneCallback(stopper);
                begun.set(own);
            });
        } finally {
            waiting.set(false);
            LoopFuture<T> own = begun.get();
            if (own != null) {
                own.removeDoneCallback(stopper);
            }
        }
        LoopFuture<T> over = Objects.requireNonNull(begun.get());
        if (!over.isDone()) {
            throw new IllegalStateException("Event loop stopped before Future completed: loop \"" + name() + "\"");
        }
        return over.result();
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
