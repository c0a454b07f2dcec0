package aio.loop;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A future result, bound to a loop, as {@code asyncio.Future}. Its done callbacks and dependent stages run on the loop
 * in the order of their registration, through {@code callSoon}: never inside the call that completes the future, and
 * never on another thread. That also holds for the {@code …Async} methods of {@link CompletionStage} without an
 * executor. Every method of {@code CompletionStage} returns a future of the same loop, so that a chain can end in
 * {@link #join}: {@code loop.createServer(…).thenApply(Server::port).join()}.
 *
 * <p>After its loop was closed a future can still be completed and read, but its callbacks and dependent stages do not
 * run any more. A thread that waits for it is woken with {@link LoopClosedException}.
 *
 * <p>Thread safety: any thread may read, complete, cancel and register. Waiting ({@link #join}, {@link #get}) on the
 * thread that runs the loop is refused with {@link IllegalStateException} unless the future is done. Implemented by the
 * loop.
 *
 * @param <T> the type of the result
 */
@ProviderType
public interface LoopFuture<T> extends CompletionStage<T>, Future<T> {

    /** Returns the loop this future is bound to. */
    EventLoop getLoop();

    /**
     * Returns the result.
     *
     * @throws InvalidStateException if the future is not done
     * @throws java.util.concurrent.CancellationException if it was cancelled
     * @throws java.util.concurrent.CompletionException around a checked failure; an unchecked one is thrown itself
     */
    @Nullable T result();

    /**
     * Returns the failure, or null if there is none.
     *
     * @throws InvalidStateException if the future is not done
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    @Nullable Throwable exception();

    /**
     * Completes with a result.
     *
     * @throws InvalidStateException if the future is done already
     */
    void setResult(@Nullable T result);

    /**
     * Completes with a failure.
     *
     * @throws InvalidStateException if the future is done already
     */
    void setException(Throwable failure);

    /** Cancels; returns false if the future was done already. */
    boolean cancel();

    /** Calls {@code callback} on the loop when the future is done; soon if it is done already. */
    void addDoneCallback(Consumer<? super LoopFuture<T>> callback);

    /** Removes all registrations of {@code callback} that have not run; returns how many. */
    int removeDoneCallback(Consumer<? super LoopFuture<T>> callback);

    /**
     * Waits for the result.
     *
     * @throws java.util.concurrent.CancellationException if it was cancelled
     * @throws java.util.concurrent.CompletionException around a checked failure; an unchecked one is thrown itself
     * @throws LoopClosedException if the loop is closed before the future is done
     * @throws IllegalStateException on the thread that runs the loop, unless the future is done
     */
    @Nullable T join();

    // ---- chaining: what is made from a future of a loop is one too

    @Override
    <U> LoopFuture<U> thenApply(Function<? super T, ? extends U> fn);

    @Override
    <U> LoopFuture<U> thenApplyAsync(Function<? super T, ? extends U> fn);

    @Override
    <U> LoopFuture<U> thenApplyAsync(Function<? super T, ? extends U> fn, Executor executor);

    @Override
    LoopFuture<Void> thenAccept(Consumer<? super T> action);

    @Override
    LoopFuture<Void> thenAcceptAsync(Consumer<? super T> action);

    @Override
    LoopFuture<Void> thenAcceptAsync(Consumer<? super T> action, Executor executor);

    @Override
    LoopFuture<Void> thenRun(Runnable action);

    @Override
    LoopFuture<Void> thenRunAsync(Runnable action);

    @Override
    LoopFuture<Void> thenRunAsync(Runnable action, Executor executor);

    @Override
    <U> LoopFuture<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> fn);

    @Override
    <U> LoopFuture<U> thenComposeAsync(Function<? super T, ? extends CompletionStage<U>> fn);

    @Override
    <U> LoopFuture<U> thenComposeAsync(Function<? super T, ? extends CompletionStage<U>> fn, Executor executor);

    @Override
    <U, V> LoopFuture<V> thenCombine(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn);

    @Override
    <U, V> LoopFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn);

    @Override
    <U, V> LoopFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn, Executor executor);

    @Override
    <U> LoopFuture<Void> thenAcceptBoth(CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action);

    @Override
    <U> LoopFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action);

    @Override
    <U> LoopFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action, Executor executor);

    @Override
    LoopFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable action);

    @Override
    LoopFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action);

    @Override
    LoopFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action, Executor executor);

    @Override
    <U> LoopFuture<U> applyToEither(CompletionStage<? extends T> other, Function<? super T, U> fn);

    @Override
    <U> LoopFuture<U> applyToEitherAsync(CompletionStage<? extends T> other, Function<? super T, U> fn);

    @Override
    <U> LoopFuture<U> applyToEitherAsync(
            CompletionStage<? extends T> other, Function<? super T, U> fn, Executor executor);

    @Override
    LoopFuture<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> action);

    @Override
    LoopFuture<Void> acceptEitherAsync(CompletionStage<? extends T> other, Consumer<? super T> action);

    @Override
    LoopFuture<Void> acceptEitherAsync(
            CompletionStage<? extends T> other, Consumer<? super T> action, Executor executor);

    @Override
    LoopFuture<Void> runAfterEither(CompletionStage<?> other, Runnable action);

    @Override
    LoopFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action);

    @Override
    LoopFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action, Executor executor);

    @Override
    <U> LoopFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> fn);

    @Override
    <U> LoopFuture<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> fn);

    @Override
    <U> LoopFuture<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> fn, Executor executor);

    @Override
    LoopFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action);

    @Override
    LoopFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action);

    @Override
    LoopFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action, Executor executor);

    @Override
    LoopFuture<T> exceptionally(Function<Throwable, ? extends T> fn);

    @Override
    LoopFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> fn);

    @Override
    LoopFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> fn, Executor executor);

    @Override
    LoopFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> fn);

    @Override
    LoopFuture<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> fn);

    @Override
    LoopFuture<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> fn, Executor executor);
}
