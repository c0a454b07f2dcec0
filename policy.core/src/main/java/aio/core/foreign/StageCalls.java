package aio.core.foreign;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Calls stages of users, and what depends on stages of a loop. Any thread. */
public final class StageCalls {
    private StageCalls() {}

    /** Computes what a dependent stage is completed with. */
    @FunctionalInterface
    public interface Function<T, U> {

        /** Computes it from a result or a failure. */
        @Nullable U apply(@Nullable T result, @Nullable Throwable failure) throws Throwable;
    }

    /**
     * Computes what a dependent stage is completed with.
     *
     * @throws ForeignFailure if the function throws
     */
    public static <T, U> @Nullable U apply(
            Function<T, U> function, @Nullable T result, @Nullable Throwable failure) throws ForeignFailure {
        try {
            return function.apply(result, failure);
        } catch (Throwable thrown) {
            throw new ForeignFailure(thrown);
        }
    }

    /**
     * Registers an action that runs when the stage is done.
     *
     * @throws ForeignFailure if the stage fails to register it
     */
    public static <T> void observe(CompletionStage<T> stage, BiConsumer<? super T, ? super Throwable> action)
            throws ForeignFailure {
        Wall.run(() -> stage.whenComplete(action));
    }

    /**
     * Gives work to an executor.
     *
     * @throws ForeignFailure if the executor refuses it or fails
     */
    public static void execute(Executor executor, Runnable work) throws ForeignFailure {
        Wall.run(() -> executor.execute(work));
    }

    /**
     * Cancels a stage.
     *
     * @throws ForeignFailure if that fails
     */
    public static void cancel(Future<?> stage) throws ForeignFailure {
        Wall.run(() -> stage.cancel(/* mayInterruptIfRunning= */ true));
    }
}
