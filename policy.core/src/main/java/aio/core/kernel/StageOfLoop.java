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
 * The methods of {@link CompletionStage} on one stage, all based on one method: {@link #whenDone}. What depends on a
 * stage runs on the loop, or in the executor that the caller gives.
 */
abstract class StageOfLoop<T> implements CompletionStage<T> {

    /** Takes a result, or a failure. */
    @FunctionalInterface
    interface Outcome<T> {
        void take(@Nullable T result, @Nullable Throwable failure);
    }

    abstract Kernel kernel();

    /** Calls {@code outcome} on the loop when this is done; soon if it is done already. */
    abstract void whenDone(Outcome<T> outcome);

    abstract <U> CoreFuture<U> newDependent();

    abstract CoreFuture<T> self();

    private static final Executor ON_LOOP = Runnable::run; // outcomes are delivered on the loop already

    static Executor onLoop() {
        return ON_LOOP;
    }

    private static CompletionException wrapped(Throwable failure) {
        return failure instanceof CompletionException wrapped
                ? wrapped
                : new CompletionException(Text.of(failure), failure);
    }

    /**
     * A dependent stage.
     *
     * @param onFailure whether the step sees failures; if not, they pass it by
     * @param user the object that the step calls
     */
    private <U> CoreFuture<U> dependent(
            Executor executor, boolean onFailure, Object user, StageCalls.Function<T, U> step) {
        Objects.requireNonNull(executor, "executor");
        CoreFuture<U> dependent = newDependent();
        dependent.awaits(this, user.getClass());
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

    /** Completes a dependent stage; returns what the step threw, or null. */
    private static <T, U> @Nullable Throwable complete(
            CoreFuture<U> dependent, StageCalls.Function<T, U> step, @Nullable T result, @Nullable Throwable failure) {
        try {
            dependent.complete(StageCalls.apply(step, result, failure));
            return null;
        } catch (ForeignFailure thrown) {
            // also if it leaves the loop: a thread that waits must not wait for ever
            dependent.fail(wrapped(thrown.failure()));
            return thrown.failure();
        }
    }

    // ---- one stage

    @Override
    public <U> CoreFuture<U> thenApply(Function<? super T, ? extends U> fn) {
        return thenApplyAsync(fn, onLoop());
    }

    @Override
    public <U> CoreFuture<U> thenApplyAsync(Function<? super T, ? extends U> fn) {
        return thenApplyAsync(fn, onLoop());
    }

    @Override
    public <U> CoreFuture<U> thenApplyAsync(Function<? super T, ? extends U> fn, Executor executor) {
        Objects.requireNonNull(fn, "fn");
        return dependent(executor, false, fn, (result, failure) -> fn.apply(result));
    }

    @Override
    public CoreFuture<Void> thenAccept(Consumer<? super T> action) {
        return thenAcceptAsync(action, onLoop());
    }

    @Override
    public CoreFuture<Void> thenAcceptAsync(Consumer<? super T> action) {
        return thenAcceptAsync(action, onLoop());
    }

    @Override
    public CoreFuture<Void> thenAcceptAsync(Consumer<? super T> action, Executor executor) {
        Objects.requireNonNull(action, "action");
        return dependent(executor, false, action, (result, failure) -> {
            action.accept(result);
            return null;
        });
    }

    @Override
    public CoreFuture<Void> thenRun(Runnable action) {
        return thenRunAsync(action, onLoop());
    }

    @Override
    public CoreFuture<Void> thenRunAsync(Runnable action) {
        return thenRunAsync(action, onLoop());
    }

    @Override
    public CoreFuture<Void> thenRunAsync(Runnable action, Executor executor) {
        Objects.requireNonNull(action, "action");
        return thenAcceptAsync(result -> action.run(), executor);
    }

    @Override
    public <U> CoreFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> fn) {
        return handleAsync(fn, onLoop());
    }

    @Override
    public <U> CoreFuture<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> fn) {
        return handleAsync(fn, onLoop());
    }

    @Override
    public <U> CoreFuture<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> fn, Executor executor) {
        Objects.requireNonNull(fn, "fn");
        return dependent(executor, true, fn, fn::apply);
    }

    @Override
    public CoreFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
        return whenCompleteAsync(action, onLoop());
    }

    @Override
    public CoreFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action) {
        return whenCompleteAsync(action, onLoop());
    }

    @Override
    public CoreFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action, Executor executor) {
        Objects.requireNonNull(action, "action");
        return dependent(executor, true, action, (result, failure) -> {
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
    public CoreFuture<T> exceptionally(Function<Throwable, ? extends T> fn) {
        Objects.requireNonNull(fn, "fn");
        return dependent(onLoop(), true, fn, (result, failure) -> failure == null ? result : fn.apply(failure));
    }

    @Override
    public <U> CoreFuture<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> fn) {
        return thenComposeAsync(fn, onLoop());
    }

    @Override
    public <U> CoreFuture<U> thenComposeAsync(Function<? super T, ? extends CompletionStage<U>> fn) {
        return thenComposeAsync(fn, onLoop());
    }

    @Override
    public <U> CoreFuture<U> thenComposeAsync(
            Function<? super T, ? extends CompletionStage<U>> fn, Executor executor) {
        Objects.requireNonNull(fn, "fn");
        CoreFuture<U> dependent = newDependent();
        CoreFuture<CompletionStage<U>> inner = dependent(executor, false, fn, (result, failure) ->
                Objects.requireNonNull(fn.apply(result), "the function of thenCompose returned null"));
        dependent.awaits(inner, null);
        inner.whenDone((stage, failure) -> {
            if (failure != null) {
                dependent.fail(wrapped(failure));
            } else {
                follow(Objects.requireNonNull(stage), dependent);
            }
        });
        return dependent;
    }

    static <U> void follow(CompletionStage<? extends U> inner, CoreFuture<U> dependent) {
        dependent.awaits(inner, null);
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
     * Calls {@code outcome} when a stage of any kind is done, on the thread that completes it.
     *
     * @throws ForeignFailure if the stage fails to register it
     */
    static <U> void observe(CompletionStage<U> stage, Outcome<U> outcome) throws ForeignFailure {
        if (stage instanceof StageOfLoop<U> own) {
            own.whenDone(outcome);
        } else {
            StageCalls.observe(stage, outcome::take);
        }
    }

    @Override
    public CoreFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> fn) {
        return exceptionally(fn);
    }

    @Override
    public CoreFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> fn, Executor executor) {
        Objects.requireNonNull(fn, "fn");
        Objects.requireNonNull(executor, "executor");
        return recovered(failed -> failed.handleAsync((none, failure) -> fn.apply(failure), executor));
    }

    @Override
    public CoreFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> fn) {
        return exceptionallyComposeAsync(fn, onLoop());
    }

    @Override
    public CoreFuture<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> fn) {
        return exceptionallyComposeAsync(fn, onLoop());
    }

    @Override
    public CoreFuture<T> exceptionallyComposeAsync(
            Function<Throwable, ? extends CompletionStage<T>> fn, Executor executor) {
        Objects.requireNonNull(fn, "fn");
        Objects.requireNonNull(executor, "executor");
        return recovered(failed -> failed
                .<CompletionStage<T>>handleAsync((none, failure) -> fn.apply(failure), executor)
                .thenCompose(Function.identity()));
    }

    /** Ends as this does, unless this fails; only then the executor of the recovery is used. */
    private CoreFuture<T> recovered(Function<CoreFuture<T>, CoreFuture<T>> recovery) {
        CoreFuture<T> self = self();
        return this.<CoreFuture<T>>handle((result, failure) -> failure == null ? self : recovery.apply(self))
                .thenCompose(Function.identity());
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
