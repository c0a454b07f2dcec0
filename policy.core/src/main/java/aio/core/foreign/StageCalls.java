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

        /** Computes it of a result, or of a failure. */
        @Nullable U apply(@Nullable T result, @Nullable Throwable failure) throws Throwable;
    }

    /**
     * Computes what a dependent stage is completed with.
     *
     * @throws ForeignFailure if anything is thrown in there
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
     * Lets a stage tell when it is done.
     *
     * @throws ForeignFailure if the stage fails to take note of that
     */
    public static <T> void observe(CompletionStage<T> stage, BiConsumer<? super T, ? super Throwable> action)
            throws ForeignFailure {
        Wall.run(() -> stage.whenComplete(action));
    }

    /**
     * Gives work to an executor.
     *
     * @throws ForeignFailure if it takes none
     */
    public static void execute(Executor executor, Runnable work) throws ForeignFailure {
        Wall.run(() -> executor.execute(work));
    }

    /**
     * Asks a stage to end.
     *
     * @throws ForeignFailure if it cannot be asked
     */
    public static void cancel(Future<?> stage) throws ForeignFailure {
        Wall.run(() -> stage.cancel(/* mayInterruptIfRunning= */ true));
    }
}
