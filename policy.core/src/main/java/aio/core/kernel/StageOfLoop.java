package aio.core.kernel;

import aio.core.foreign.ForeignFailure;
import aio.core.foreign.Guard;
import aio.core.foreign.StageCalls;
import aio.core.foreign.Text;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The methods of {@link CompletionStage}, all put down to one: {@link #whenDone}. What depends on a stage runs on the
 * loop, or in the executor that the caller gives.
 */
abstract class StageOfLoop<T> implements CompletionStage<T> {

    /** Takes a result, or a failure. */
    @FunctionalInterface
    interface Outcome<T> {
        void take(@Nullable T result, @Nullable Throwable failure);
    }

    abstract Kernel kernel();

    /** Calls {@code outcome} on the loop when this is done, or soon if it is. */
    abstract void whenDone(Outcome<T> outcome);

    abstract <U> CoreFuture<U> newDependent();

    private static final Executor ON_LOOP = Runnable::run; // outcomes are delivered on the loop already

    private static Executor onLoop() {
        return ON_LOOP;
    }

    private static CompletionException wrapped(Throwable failure) {
        return failure instanceof CompletionException wrapped
                ? wrapped
                : new CompletionException(Text.of(failure), failure);
    }

    /** A dependent stage; {@code onFailure} says whether the step wants to see failures, or they pass it by. */
    private <U> CoreFuture<U> dependent(Executor executor, boolean onFailure, StageCalls.Function<T, U> step) {
        Objects.requireNonNull(executor, "executor");
        CoreFuture<U> dependent = newDependent();
        whenDone((result, failure) -> {
            if (failure != null && !onFailure) {
                dependent.fail(wrapped(failure));
                return;
            }
            if (executor == ON_LOOP) {
                Guard.rethrowExit(complete(dependent, step, result, failure));
                return;
            }
            try {
                StageCalls.execute(executor, () -> complete(dependent, step, result, failure));
            } catch (ForeignFailure refused) {
                dependent.fail(wrapped(refused.failure()));
            }
        });
        return dependent;
    }

    /** Completes a dependent stage; answers what the step threw, or null. */
    private static <T, U> @Nullable Throwable complete(
            CoreFuture<U> dependent, StageCalls.Function<T, U> step, @Nullable T result, @Nullable Throwable failure) {
        try {
            dependent.complete(StageCalls.apply(step, result, failure));
            return null;
        } catch (ForeignFailure thrown) {
            // also if it leaves the loop: whoever waits must not wait for ever
            dependent.fail(wrapped(thrown.failure()));
            return thrown.failure();
        }
    }

    // ---- one stage

    @Override
    public <U> CompletionStage<U> thenApply(Function<? super T, ? extends U> fn) {
        return thenApplyAsync(fn, onLoop());
    }

    @Override
    public <U> CompletionStage<U> thenApplyAsync(Function<? super T, ? extends U> fn) {
        return thenApplyAsync(fn, onLoop());
    }

    @Override
    public <U> CompletionStage<U> thenApplyAsync(Function<? super T, ? extends U> fn, Executor executor) {
        Objects.requireNonNull(fn, "fn");
        return dependent(executor, false, (result, failure) -> fn.apply(result));
    }

    @Override
    public CompletionStage<Void> thenAccept(Consumer<? super T> action) {
        return thenAcceptAsync(action, onLoop());
    }

    @Override
    public CompletionStage<Void> thenAcceptAsync(Consumer<? super T> action) {
        return thenAcceptAsync(action, onLoop());
    }

    @Override
    public CompletionStage<Void> thenAcceptAsync(Consumer<? super T> action, Executor executor) {
        Objects.requireNonNull(action, "action");
        return dependent(executor, false, (result, failure) -> {
            action.accept(result);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> thenRun(Runnable action) {
        return thenRunAsync(action, onLoop());
    }

    @Override
    public CompletionStage<Void> thenRunAsync(Runnable action) {
        return thenRunAsync(action, onLoop());
    }

    @Override
    public CompletionStage<Void> thenRunAsync(Runnable action, Executor executor) {
        Objects.requireNonNull(action, "action");
        return thenAcceptAsync(result -> action.run(), executor);
    }

    @Override
    public <U> CompletionStage<U> handle(BiFunction<? super T, Throwable, ? extends U> fn) {
        return handleAsync(fn, onLoop());
    }

    @Override
    public <U> CompletionStage<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> fn) {
        return handleAsync(fn, onLoop());
    }

    @Override
    public <U> CompletionStage<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> fn, Executor executor) {
        Objects.requireNonNull(fn, "fn");
        return dependent(executor, true, fn::apply);
    }

    @Override
    public CompletionStage<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
        return whenCompleteAsync(action, onLoop());
    }

    @Override
    public CompletionStage<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action) {
        return whenCompleteAsync(action, onLoop());
    }

    @Override
    public CompletionStage<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action, Executor executor) {
        Objects.requireNonNull(action, "action");
        return dependent(executor, true, (result, failure) -> {
            try {
                action.accept(result, failure);
            } catch (RuntimeException | Error thrown) {
                if (failure == null) {
                    throw thrown;
                }
                failure.addSuppressed(thrown); // the failure of the stage itself counts
            }
            if (failure != null) {
                throw failure;
            }
            return result;
        });
    }

    @Override
    public CompletionStage<T> exceptionally(Function<Throwable, ? extends T> fn) {
        Objects.requireNonNull(fn, "fn");
        return dependent(onLoop(), true, (result, failure) -> failure == null ? result : fn.apply(failure));
    }

    @Override
    public <U> CompletionStage<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> fn) {
        return thenComposeAsync(fn, onLoop());
    }

    @Override
    public <U> CompletionStage<U> thenComposeAsync(Function<? super T, ? extends CompletionStage<U>> fn) {
        return thenComposeAsync(fn, onLoop());
    }

    @Override
    public <U> CompletionStage<U> thenComposeAsync(
            Function<? super T, ? extends CompletionStage<U>> fn, Executor executor) {
        Objects.requireNonNull(fn, "fn");
        CoreFuture<U> dependent = newDependent();
        this.<CompletionStage<U>>dependent(executor, false, (result, failure) ->
                        Objects.requireNonNull(fn.apply(result), "the function of thenCompose answered null"))
                .whenDone((inner, failure) -> {
                    if (failure != null) {
                        dependent.fail(wrapped(failure));
                    } else {
                        follow(Objects.requireNonNull(inner), dependent);
                    }
                });
        return dependent;
    }

    private static <U> void follow(CompletionStage<? extends U> inner, CoreFuture<U> dependent) {
        try {
            observe(inner, (result, failure) -> {
                if (failure != null) {
                    dependent.fail(wrapped(failure));
                } else {
                    dependent.complete(result);
                }
            });
        } catch (ForeignFailure e) {
            dependent.fail(wrapped(e.failure()));
        }
    }

    /**
     * Calls {@code outcome} when a stage of whatever kind is done, on whatever thread completes it.
     *
     * @throws ForeignFailure if the stage fails to take note of that
     */
    static <U> void observe(CompletionStage<U> stage, Outcome<U> outcome) throws ForeignFailure {
        if (stage instanceof StageOfLoop<U> own) {
            own.whenDone(outcome);
        } else {
            StageCalls.observe(stage, outcome::take);
        }
    }

    // ---- two stages

    @Override
    public <U, V> CompletionStage<V> thenCombine(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
        return thenCombineAsync(other, fn, onLoop());
    }

    @Override
    public <U, V> CompletionStage<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
        return thenCombineAsync(other, fn, onLoop());
    }

    @Override
    public <U, V> CompletionStage<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn, Executor executor) {
        Objects.requireNonNull(other, "other");
        Objects.requireNonNull(fn, "fn");
        CoreFuture<U> second = newDependent(); // brings the other one to this loop
        StageOfLoop.<U>follow(other, second);
        return this.thenCompose(mine -> second.thenApplyAsync(its -> fn.apply(mine, its), executor));
    }

    @Override
    public <U> CompletionStage<Void> thenAcceptBoth(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
        return thenAcceptBothAsync(other, action, onLoop());
    }

    @Override
    public <U> CompletionStage<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
        return thenAcceptBothAsync(other, action, onLoop());
    }

    @Override
    public <U> CompletionStage<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action, Executor executor) {
        Objects.requireNonNull(action, "action");
        return this.<U, Void>thenCombineAsync(other, (mine, its) -> {
            action.accept(mine, its);
            return null;
        }, executor);
    }

    @Override
    public CompletionStage<Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
        return runAfterBothAsync(other, action, onLoop());
    }

    @Override
    public CompletionStage<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action) {
        return runAfterBothAsync(other, action, onLoop());
    }

    @Override
    public CompletionStage<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action, Executor executor) {
        Objects.requireNonNull(action, "action");
        return thenAcceptBothAsync(other, (mine, its) -> action.run(), executor);
    }

    @Override
    public <U> CompletionStage<U> applyToEither(CompletionStage<? extends T> other, Function<? super T, U> fn) {
        return applyToEitherAsync(other, fn, onLoop());
    }

    @Override
    public <U> CompletionStage<U> applyToEitherAsync(CompletionStage<? extends T> other, Function<? super T, U> fn) {
        return applyToEitherAsync(other, fn, onLoop());
    }

    @Override
    public <U> CompletionStage<U> applyToEitherAsync(
            CompletionStage<? extends T> other, Function<? super T, U> fn, Executor executor) {
        return either(other).thenApplyAsync(fn, executor);
    }

    @Override
    public CompletionStage<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> action) {
        return acceptEitherAsync(other, action, onLoop());
    }

    @Override
    public CompletionStage<Void> acceptEitherAsync(CompletionStage<? extends T> other, Consumer<? super T> action) {
        return acceptEitherAsync(other, action, onLoop());
    }

    @Override
    public CompletionStage<Void> acceptEitherAsync(
            CompletionStage<? extends T> other, Consumer<? super T> action, Executor executor) {
        return either(other).thenAcceptAsync(action, executor);
    }

    @Override
    public CompletionStage<Void> runAfterEither(CompletionStage<?> other, Runnable action) {
        return runAfterEitherAsync(other, action, onLoop());
    }

    @Override
    public CompletionStage<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action) {
        return runAfterEitherAsync(other, action, onLoop());
    }

    @Override
    public CompletionStage<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action, Executor executor) {
        CoreFuture<Object> first = newDependent();
        StageOfLoop.<Object>follow(this, first);
        StageOfLoop.<Object>follow(other, first);
        return first.thenRunAsync(action, executor);
    }

    /** A stage that ends as the first of the two does. */
    private CoreFuture<T> either(CompletionStage<? extends T> other) {
        CoreFuture<T> first = newDependent();
        StageOfLoop.<T>follow(this, first);
        StageOfLoop.<T>follow(Objects.requireNonNull(other, "other"), first);
        return first;
    }

    /** Returns a copy: completing it does not complete this. */
    @Override
    public CompletableFuture<T> toCompletableFuture() {
        CompletableFuture<T> copy = new CompletableFuture<>();
        whenDone((result, failure) -> {
            if (failure != null) {
                copy.completeExceptionally(failure);
            } else {
                copy.complete(result);
            }
        });
        return copy;
    }
}
