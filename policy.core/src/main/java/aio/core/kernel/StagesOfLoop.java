package aio.core.kernel;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** The methods of {@link CompletionStage} that take a second stage, based on those that take one. */
abstract class StagesOfLoop<T> extends StageOfLoop<T> {

    @Override
    public <U, V> CoreFuture<V> thenCombine(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
        return thenCombineAsync(other, fn, onLoop());
    }

    @Override
    public <U, V> CoreFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
        return thenCombineAsync(other, fn, onLoop());
    }

    @Override
    public <U, V> CoreFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn, Executor executor) {
        Objects.requireNonNull(other, "other");
        Objects.requireNonNull(fn, "fn");
        CoreFuture<U> second = newDependent(); // brings the other stage to this loop
        StageOfLoop.<U>follow(other, second);
        return this.thenCompose(mine -> second.thenApplyAsync(its -> fn.apply(mine, its), executor));
    }

    @Override
    public <U> CoreFuture<Void> thenAcceptBoth(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
        return thenAcceptBothAsync(other, action, onLoop());
    }

    @Override
    public <U> CoreFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
        return thenAcceptBothAsync(other, action, onLoop());
    }

    @Override
    public <U> CoreFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action, Executor executor) {
        Objects.requireNonNull(action, "action");
        return this.<U, Void>thenCombineAsync(other, (mine, its) -> {
            action.accept(mine, its);
            return null;
        }, executor);
    }

    @Override
    public CoreFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
        return runAfterBothAsync(other, action, onLoop());
    }

    @Override
    public CoreFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action) {
        return runAfterBothAsync(other, action, onLoop());
    }

    @Override
    public CoreFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action, Executor executor) {
        Objects.requireNonNull(action, "action");
        return thenAcceptBothAsync(other, (mine, its) -> action.run(), executor);
    }

    @Override
    public <U> CoreFuture<U> applyToEither(CompletionStage<? extends T> other, Function<? super T, U> fn) {
        return applyToEitherAsync(other, fn, onLoop());
    }

    @Override
    public <U> CoreFuture<U> applyToEitherAsync(CompletionStage<? extends T> other, Function<? super T, U> fn) {
        return applyToEitherAsync(other, fn, onLoop());
    }

    @Override
    public <U> CoreFuture<U> applyToEitherAsync(
            CompletionStage<? extends T> other, Function<? super T, U> fn, Executor executor) {
        return either(other).thenApplyAsync(fn, executor);
    }

    @Override
    public CoreFuture<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> action) {
        return acceptEitherAsync(other, action, onLoop());
    }

    @Override
    public CoreFuture<Void> acceptEitherAsync(CompletionStage<? extends T> other, Consumer<? super T> action) {
        return acceptEitherAsync(other, action, onLoop());
    }

    @Override
    public CoreFuture<Void> acceptEitherAsync(
            CompletionStage<? extends T> other, Consumer<? super T> action, Executor executor) {
        return either(other).thenAcceptAsync(action, executor);
    }

    @Override
    public CoreFuture<Void> runAfterEither(CompletionStage<?> other, Runnable action) {
        return runAfterEitherAsync(other, action, onLoop());
    }

    @Override
    public CoreFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action) {
        return runAfterEitherAsync(other, action, onLoop());
    }

    @Override
    public CoreFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action, Executor executor) {
        CoreFuture<Object> first = newDependent();
        StageOfLoop.<Object>follow(this, first);
        StageOfLoop.<Object>follow(other, first);
        return first.thenRunAsync(action, executor);
    }

    /** Returns a stage that ends as the first of the two does. */
    private CoreFuture<T> either(CompletionStage<? extends T> other) {
        CoreFuture<T> first = newDependent();
        StageOfLoop.<T>follow(this, first);
        StageOfLoop.<T>follow(Objects.requireNonNull(other, "other"), first);
        return first;
    }
}
