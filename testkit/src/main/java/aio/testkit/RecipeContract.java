package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.LoopFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What asyncio has functions for and Java has too: the recipes that docs/parity.md names. */
public abstract class RecipeContract extends LoopContract {
    private static final Duration SHORT = Duration.ofMillis(20);

    @BeforeEach
    final void goByAVirtualClock() {
        loop = newVirtualLoop();
    }

    @Test
    @Asyncio("task#timeout")
    void timeout_isATimerThatCancels() {
        LoopFuture<String> never = loop.createFuture();
        loop.callLater(SHORT, never::cancel);

        assertThatThrownBy(() -> loop.runUntilComplete(never)).isInstanceOf(CancellationException.class);
    }

    @Test
    @Asyncio("task#wait_for")
    void timeout_onAnotherThread_isGet() throws Exception {
        try (Background run = inBackground(loop)) {
            assertThatThrownBy(() -> loop.createFuture().get(20, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    @Asyncio("task#gather")
    void gather_isAllOf() {
        List<LoopFuture<String>> parts = List.of(later("a", 20), later("b", 0), later("c", 10));
        CompletableFuture<?>[] all =
                parts.stream().map(LoopFuture::toCompletableFuture).toArray(CompletableFuture<?>[]::new);

        LoopFuture<List<String>> gathered = loop.wrapFuture(CompletableFuture.allOf(all))
                .thenApply(done -> parts.stream().map(LoopFuture::result).toList());

        assertThat(loop.runUntilComplete(gathered)).containsExactly("a", "b", "c");
    }

    @Test
    @Asyncio("task#wait")
    void firstCompleted_isApplyToEither() {
        LoopFuture<String> first = later("slow", 10_000).applyToEither(later("quick", 0), result -> result);

        assertThat(loop.runUntilComplete(first)).isEqualTo("quick");
    }

    @Test
    @Asyncio("task#shield")
    void shield_isADependentStage() {
        LoopFuture<String> work = later("done", 20);
        LoopFuture<String> shielded = work.thenApply(result -> result);
        shielded.cancel();

        assertThat(loop.runUntilComplete(work)).isEqualTo("done");
        assertThat(shielded.isCancelled()).isTrue();
    }

    @Test
    @Asyncio("task#as_completed")
    void asCompleted_isACallbackOfEach() {
        List<String> order = new ArrayList<>();
        List<LoopFuture<String>> parts = List.of(later("last", 60), later("first", 0), later("second", 30));
        parts.forEach(part -> part.thenAccept(order::add));

        runUntil(loop, "all are done", () -> order.size() == 3);

        assertThat(order).containsExactly("first", "second", "last");
    }

    @Test
    @Asyncio("task#to_thread")
    void toThread_isRunInExecutor() {
        Thread other = loop.runUntilComplete(loop.runInExecutor(Thread::currentThread));

        assertThat(other).isNotSameAs(Thread.currentThread());
    }

    private LoopFuture<String> later(String result, long millis) {
        return loop.sleep(Duration.ofMillis(millis)).thenApply(slept -> result);
    }
}
