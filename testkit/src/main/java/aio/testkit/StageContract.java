package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.LoopFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A future of a loop as a {@code CompletionStage}: what depends on it runs on the loop, in order. */
@NotInAsyncio("what depends on a future is a coroutine that awaits it")
public abstract class StageContract extends LoopContract {
    private final List<Object> order = new ArrayList<>();
    private final IOException failure = new IOException("broken");
    private LoopFuture<String> future;
    private LoopFuture<String> other;

    @BeforeEach
    void makeFutures() {
        future = loop.createFuture();
        other = loop.createFuture();
    }

    @Test
    void dependants_runOnTheLoop_inOrderOfRegistration_neverInline() throws Exception {
        future.thenAccept(result -> order.add(1));
        future.whenComplete((result, thrown) -> order.add(2));
        future.addDoneCallback(done -> order.add(3));
        future.thenRunAsync(() -> order.add(4));
        future.handleAsync((result, thrown) -> order.add(5));
        future.thenCompose(result -> {
            order.add(6);
            return other;
        });
        future.thenApply(result -> order.add(7));

        inside(loop, () -> {
            future.setResult("done");
            assertThat(order).isEmpty();
            return null;
        });
        runBriefly(loop);

        assertThat(order).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void dependants_runOnTheLoop_whoeverCompletes() {
        List<Thread> threads = new ArrayList<>();
        CompletionStage<Boolean> last = future
                .thenApply(result -> threads.add(Thread.currentThread()))
                .thenApplyAsync(result -> threads.add(Thread.currentThread()))
                .thenCombine(foreign("from afar"), (mine, its) -> threads.add(Thread.currentThread()))
                .thenCompose(result -> {
                    threads.add(Thread.currentThread());
                    return foreign("from afar");
                })
                .handle((result, thrown) -> threads.add(Thread.currentThread()));
        start("completer", () -> future.setResult("from afar"));

        loop.runUntilComplete(last);

        assertThat(threads).hasSize(5).containsOnly(Thread.currentThread());
    }

    private CompletionStage<String> foreign(String result) {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        start("completer of a foreign stage", () -> foreign.complete(result));
        return foreign;
    }

    @Test
    void dependants_areFuturesOfTheSameLoop() {
        Object dependent = future.thenApply(String::length);

        assertThat(dependent).isInstanceOf(LoopFuture.class);
        assertThat(((LoopFuture<?>) dependent).getLoop()).isSameAs(loop);
    }

    @Test
    void oneStage_isTransformed() {
        future.setResult("done");

        assertThat(loop.runUntilComplete(future.thenApply(String::length))).isEqualTo(4);
        assertThat(loop.runUntilComplete(future.thenAccept(order::add))).isNull();
        assertThat(loop.runUntilComplete(future.thenRun(() -> order.add("ran")))).isNull();
        assertThat(loop.<String>runUntilComplete(future.handle((result, thrown) -> result + thrown)))
                .isEqualTo("donenull");
        assertThat(loop.runUntilComplete(future.whenComplete((result, thrown) -> order.add(result))))
                .isEqualTo("done");
        assertThat(loop.runUntilComplete(future.exceptionally(thrown -> "never"))).isEqualTo("done");
        assertThat(order).containsExactly("done", "ran", "done");
    }

    @Test
    void composed_isDoneWhenTheInnerStageIs() {
        CompletionStage<String> composed = future.thenCompose(result -> other);
        future.setResult("outer");
        runTurns(loop, 4);
        assertThat(((LoopFuture<String>) composed).isDone()).isFalse();

        other.setResult("inner");

        assertThat(loop.runUntilComplete(composed)).isEqualTo("inner");
    }

    @Test
    void composingWithNull_fails() {
        future.setResult("outer");

        assertThatThrownBy(() -> loop.runUntilComplete(future.thenCompose(result -> null)))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void bothStages_areWaitedFor() {
        CompletionStage<String> combined = future.thenCombine(other, (mine, its) -> mine + its);
        CompletionStage<Void> accepted = future.thenAcceptBoth(other, (mine, its) -> order.add(its + mine));
        CompletionStage<Void> ran = future.runAfterBoth(other, () -> order.add("ran"));
        other.setResult("b");
        runTurns(loop, 4);
        assertThat(order).isEmpty();

        future.setResult("a");

        assertThat(loop.runUntilComplete(combined)).isEqualTo("ab");
        loop.runUntilComplete(accepted);
        loop.runUntilComplete(ran);
        assertThat(order).containsExactlyInAnyOrder("ba", "ran");
    }

    @Test
    void eitherStage_isEnough() {
        CompletionStage<Integer> applied = future.applyToEither(other, String::length);
        CompletionStage<Void> accepted = future.acceptEither(other, order::add);
        CompletionStage<Void> ran = future.runAfterEither(other, () -> order.add("ran"));

        other.setResult("other");

        assertThat(loop.runUntilComplete(applied)).isEqualTo(5);
        loop.runUntilComplete(accepted);
        loop.runUntilComplete(ran);
        assertThat(order).containsExactlyInAnyOrder("other", "ran");
        assertThat(future.isDone()).isFalse();
    }

    @Test
    void failure_passesBy_untilAStepTakesIt() {
        List<Throwable> seen = new ArrayList<>();
        CompletionStage<String> recovered = future
                .thenApply(result -> order.add("never"))
                .thenCompose(result -> other)
                .whenComplete((result, thrown) -> seen.add(root(thrown)))
                .exceptionally(thrown -> {
                    seen.add(root(thrown));
                    return "recovered";
                });

        future.setException(failure);

        assertThat(loop.runUntilComplete(recovered)).isEqualTo("recovered");
        assertThat(seen).containsExactly(failure, failure);
        assertThat(order).isEmpty();
    }

    @Test
    void failureOfAFunction_failsItsStage() {
        IllegalArgumentException thrown = new IllegalArgumentException("of the function");
        future.setResult("done");
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);

        assertThatThrownBy(() -> loop.runUntilComplete(future.thenApply(result -> {
                    throw thrown;
                })))
                .isSameAs(thrown);
        assertThatThrownBy(() -> loop.runUntilComplete(future.whenComplete((result, none) -> {
                    throw thrown;
                })))
                .isSameAs(thrown);
        assertThat(handler.contexts()).isEmpty();
    }

    @Test
    void failureOfWhenComplete_doesNotHideTheFailureOfTheStage() {
        IllegalArgumentException thrown = new IllegalArgumentException("of the function");
        future.setException(failure);

        assertThatThrownBy(() -> loop.runUntilComplete(future.whenComplete((result, none) -> {
                    throw thrown;
                })))
                .isInstanceOf(CompletionException.class)
                .hasCause(failure);
        assertThat(failure.getSuppressed()).containsExactly(thrown);
    }

    @Test
    void cancelledStage_failsItsDependants_andIsNotCancelledByThem() {
        List<Throwable> seen = new ArrayList<>();
        CompletionStage<Boolean> dependent = future.handle((result, thrown) -> seen.add(root(thrown)));
        LoopFuture<String> cancelled = other.thenApply(result -> result);
        cancelled.cancel();

        future.cancel();
        loop.runUntilComplete(dependent);

        assertThat(seen).singleElement().isInstanceOf(CancellationException.class);
        assertThat(other.isDone()).isFalse();
        other.setResult("continues");
        runTurns(loop, 2);
        assertThat(cancelled.isCancelled()).isTrue();
    }

    @Test
    void async_withAnExecutor_runsThere_andWhatDependsOnItOnTheLoop() {
        List<String> threads = new ArrayList<>();
        Executor executor = work -> start("of the executor", work);
        CompletionStage<String> stage = future.thenApplyAsync(
                result -> Thread.currentThread().getName(), executor);
        CompletionStage<Boolean> last = stage.thenApply(name ->
                threads.add(name) && threads.add(Thread.currentThread().getName()));
        future.setResult("done");

        loop.runUntilComplete(last);

        assertThat(threads).containsExactly("of the executor", Thread.currentThread().getName());
    }

    @Test
    void async_withAnExecutorThatRefuses_fails() {
        RejectedExecutionException refusal = new RejectedExecutionException("full");
        Executor executor = work -> {
            throw refusal;
        };
        future.setResult("done");

        assertThatThrownBy(() -> loop.runUntilComplete(future.thenRunAsync(() -> order.add("never"), executor)))
                .isSameAs(refusal);
    }

    @Test
    void chains_areFuturesOfTheLoop() throws Exception {
        LoopFuture<Integer> chain = future.thenApply(String::length)
                .thenCompose(length -> loop.sleep(Duration.ZERO).thenApply(slept -> length))
                .thenCombine(loop.sleep(Duration.ZERO), (length, slept) -> length)
                .whenComplete((length, failure) -> order.add(length))
                .handle((length, failure) -> length + 1);
        assertThat(chain.getLoop()).isSameAs(loop);
        try (Background run = inBackground(loop)) {
            future.setResult("four");
            assertThat(chain.join()).isEqualTo(5);
            assertThatThrownBy(() -> inLoop(() -> loop.createFuture().thenRun(() -> {}).join()))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("would block the loop for ever");
        }
        assertThat(order).containsExactly(4);
    }

    private void inLoop(Runnable work) {
        loop.callAndWait(() -> {
            work.run();
            return null;
        });
    }

    @Test
    void failuresOfChains_areRecoveredFrom() {
        IllegalStateException failure = new IllegalStateException("broken");
        Executor executor = work -> {
            order.add("executor");
            work.run();
        };
        future.setException(failure);

        assertThat(loop.runUntilComplete(future.exceptionally(root -> "a"))).isEqualTo("a");
        assertThat(loop.runUntilComplete(future.exceptionallyAsync(root -> "b", executor))).isEqualTo("b");
        assertThat(loop.runUntilComplete(future.exceptionallyCompose(root -> stage("c")))).isEqualTo("c");
        assertThat(loop.runUntilComplete(future.exceptionallyComposeAsync(root -> stage("d"), executor)))
                .isEqualTo("d");
        assertThatThrownBy(() -> loop.runUntilComplete(future.exceptionallyCompose(root -> {
            throw new IllegalArgumentException("in the recovery");
        }))).isInstanceOf(IllegalArgumentException.class);
        assertThat(order).containsExactly("executor", "executor");
    }

    @Test
    void recovery_leavesAResultAlone() {
        Executor executor = work -> order.add("executor");
        future.setResult("fine");

        assertThat(loop.runUntilComplete(future.exceptionally(root -> "a"))).isEqualTo("fine");
        assertThat(loop.runUntilComplete(future.exceptionallyAsync(root -> "b", executor))).isEqualTo("fine");
        assertThat(loop.runUntilComplete(future.exceptionallyComposeAsync(root -> stage("c"), executor)))
                .isEqualTo("fine");
        assertThat(order).isEmpty();
    }

    private LoopFuture<String> stage(String result) {
        return loop.sleep(Duration.ZERO).thenApply(slept -> result);
    }

    @Test
    void toCompletableFuture_isACopy() throws Exception {
        CompletableFuture<String> copy = future.toCompletableFuture();
        CompletableFuture<String> completed = future.toCompletableFuture();
        completed.complete("of the copy");
        CompletableFuture<String> cancelled = future.toCompletableFuture();
        cancelled.cancel(true);
        assertThat(future.isDone()).isFalse();

        future.setResult("done");
        runTurns(loop, 2);

        assertThat(copy.join()).isEqualTo("done");
        assertThat(completed.join()).isEqualTo("of the copy");
        assertThat(future.result()).isEqualTo("done");
    }

    @Test
    void foreignStages_takeLoopFutures() {
        CompletableFuture<String> combined = CompletableFuture.completedFuture("foreign ")
                .thenCombine(future, (its, mine) -> its + mine);
        future.setResult("own");

        assertThat(loop.runUntilComplete(combined)).isEqualTo("foreign own");
    }

    @Test
    void longChains_doNotOverflowTheStack() {
        CompletionStage<Integer> chain = future.thenApply(String::length);
        for (int link = 0; link < 20_000; link++) {
            chain = chain.thenApply(number -> number + 1);
        }
        future.setResult("");

        assertThat(loop.runUntilComplete(chain)).isEqualTo(20_000);
    }

    private static @Nullable Throwable root(@Nullable Throwable thrown) {
        return thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }
}
