package aio.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.policy.EventLoopPolicy;
import aio.policy.defaults.DefaultEventLoopPolicy;
import aio.testkit.LoopContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What asyncio's functions of the same names do, and what their documentation says of cancelling and failing. */
class TasksTest extends LoopContract {
    private static final Duration SOON = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofDays(1);

    private Tasks tasks;

    @Override
    protected EventLoopPolicy newPolicy() {
        return new DefaultEventLoopPolicy();
    }

    @BeforeEach
    void make() {
        loop = newVirtualLoop();
        tasks = Tasks.on(loop);
    }

    private <T> T run(LoopFuture<T> future) {
        return loop.runUntilComplete(future);
    }

    /** Waits for the end, with or without a result. */
    private void runToEnd(LoopFuture<?> future) {
        run(future.handle((result, failure) -> null));
    }

    private LoopFuture<String> later(String result, long millis) {
        return loop.sleep(Duration.ofMillis(millis)).thenApply(over -> result);
    }

    private LoopFuture<String> failing(String message) {
        return loop.sleep(SOON).thenApply(over -> {
            throw new IllegalStateException(message);
        });
    }

    // ---- limits

    @Test
    void waitFor_whatIsInTime_givesItsResult() {
        assertThat(run(tasks.waitFor(later("in time", 5), LONG))).isEqualTo("in time");
        assertThatThrownBy(() -> run(tasks.waitFor(failing("its own"), LONG))).hasMessage("its own");
    }

    @Test
    void waitFor_whatIsLate_isCancelled_andThenTheTimeIsTold() {
        LoopFuture<String> never = loop.createFuture();
        assertThatThrownBy(() -> run(tasks.waitFor(never, SOON)))
                .isInstanceOf(CompletionException.class)
                .cause().isInstanceOf(TimeoutException.class).hasMessageContaining("PT0.01S");
        assertThat(never.isCancelled()).isTrue();
    }

    @Test
    void waitFor_noTime_cancelsAtOnceWhatIsNotDone() {
        LoopFuture<String> never = loop.createFuture();
        LoopFuture<String> limited = tasks.waitFor(never, Duration.ZERO);
        runToEnd(limited);
        assertThat(limited.exception()).isInstanceOf(TimeoutException.class);
        LoopFuture<String> done = loop.createFuture();
        done.setResult("done");
        assertThat(run(tasks.waitFor(done, Duration.ofSeconds(-1)))).isEqualTo("done");
    }

    @Test
    void waitFor_aStageThatIsCancelledByOthers_isCancelled() {
        LoopFuture<String> never = loop.createFuture();
        LoopFuture<String> limited = tasks.waitFor(never, LONG);
        never.cancel();
        runToEnd(limited);
        assertThat(limited.isCancelled()).isTrue();
    }

    @Test
    void waitFor_thatIsCancelled_cancelsTheStage_andLeavesNoTimer() {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        LoopFuture<String> limited = tasks.waitFor(foreign, LONG);
        limited.cancel();
        runToEnd(limited);
        loop.callSoon(loop::stop);
        loop.runForever();
        assertThat(foreign.isCancelled()).isTrue();
        assertThat(loop.info().timers()).isZero();
    }

    @Test
    void timeout_cancelsTheTask() {
        List<String> seen = new ArrayList<>();
        assertThatThrownBy(() -> run(tasks.timeout(SOON, () -> {
            LoopFuture<String> never = loop.createFuture();
            never.addDoneCallback(done -> seen.add("cancelled " + done.isCancelled()));
            return never;
        }))).cause().isInstanceOf(TimeoutException.class);
        loop.callSoon(loop::stop);
        loop.runForever();
        assertThat(seen).containsExactly("cancelled true");
    }

    @Test
    void shield_thatIsCancelled_leavesTheStageAlone() {
        LoopFuture<String> work = later("done", 5);
        LoopFuture<String> shielded = tasks.shield(work);
        shielded.cancel();
        assertThat(run(work)).isEqualTo("done");
        assertThat(shielded.isCancelled()).isTrue();
        assertThat(run(tasks.shield(work))).isEqualTo("done");
    }

    // ---- several

    @Test
    void gather_givesTheResultsInTheOrderOfTheStages() {
        assertThat(run(tasks.gather(List.of(later("a", 20), later("b", 0), CompletableFuture.completedFuture("c")))))
                .containsExactly("a", "b", "c");
        assertThat(run(tasks.<String>gather(List.of()))).isEmpty();
        assertThat(run(tasks.gather(Arrays.asList(CompletableFuture.<String>completedFuture(null), later("b", 0)))))
                .containsExactly(null, "b");
    }

    @Test
    void gather_fails_withTheFirstFailure_andTheOthersContinue() {
        LoopFuture<String> slow = loop.createFuture();
        LoopFuture<List<String>> gathered = tasks.gather(List.of(slow, failing("first"), failing("second")));
        assertThatThrownBy(() -> run(gathered)).hasMessage("first");
        assertThat(slow.isDone()).isFalse();
        slow.setResult("it ends all the same");
    }

    @Test
    void gather_ofOneThatIsCancelled_failsWithThat_andIsNotCancelledItself() {
        LoopFuture<String> cancelled = loop.createFuture();
        LoopFuture<List<String>> gathered = tasks.gather(List.of(later("a", 5), cancelled));
        cancelled.cancel();
        runToEnd(gathered);
        assertThat(gathered.isCancelled()).isFalse();
        assertThat(gathered.exception()).isInstanceOf(CancellationException.class);
    }

    @Test
    void gather_thatIsCancelled_cancelsAll() {
        LoopFuture<String> one = loop.createFuture();
        LoopFuture<String> other = loop.createFuture();
        LoopFuture<List<String>> gathered = tasks.gather(List.of(one, other));
        gathered.cancel();
        runToEnd(gathered);
        assertThat(List.of(one.isCancelled(), other.isCancelled())).containsOnly(true);
    }

    @Test
    void waitUntil_theFirstIsDone() {
        LoopFuture<String> quick = later("quick", 0);
        LoopFuture<String> slow = later("slow", 20_000);
        Waited<String> waited = run(tasks.waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(slow, quick)));
        assertThat(waited.done()).containsExactly(quick);
        assertThat(waited.pending()).containsExactly(slow);
        assertThat(slow.isDone()).isFalse();
    }

    @Test
    void waitUntil_theFirstFails_passesOverThoseThatAreCancelled() {
        LoopFuture<String> cancelled = loop.createFuture();
        LoopFuture<String> fails = failing("it");
        LoopFuture<String> slow = later("slow", 20_000);
        LoopFuture<Waited<String>> waiting =
                tasks.waitUntil(ReturnWhen.FIRST_EXCEPTION, List.of(slow, fails, cancelled));
        cancelled.cancel();
        assertThat(run(waiting).done()).containsExactly(fails, cancelled);
    }

    @Test
    void waitUntil_all_neverFails_andHasALimit() {
        LoopFuture<String> fails = failing("it");
        LoopFuture<String> good = later("good", 5);
        assertThat(run(tasks.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(fails, good))).pending()).isEmpty();
        assertThat(fails.exception()).hasMessage("it");
        LoopFuture<String> never = loop.createFuture();
        Waited<String> waited = run(tasks.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(good, never), SOON));
        assertThat(waited.done()).containsExactly(good);
        assertThat(waited.pending()).containsExactly(never);
        assertThat(never.isDone()).isFalse();
    }

    @Test
    void waitUntil_ofNothing_isRefused() {
        assertThatThrownBy(() -> tasks.waitUntil(ReturnWhen.ALL_COMPLETED, List.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("give at least one");
    }

    @Test
    void asCompleted_givesThemInTheOrderOfTheirEnds() {
        List<LoopFuture<String>> ends = tasks.asCompleted(List.of(later("slow", 40), failing("it"), later("quick", 0)));
        assertThat(run(ends.get(0))).isEqualTo("quick");
        assertThatThrownBy(() -> run(ends.get(1))).hasMessage("it");
        assertThat(run(ends.get(2))).isEqualTo("slow");
    }

    @Test
    void futuresOfAnotherLoop_areGatheredOnThisOne() {
        EventLoop other = newLoop();
        LoopFuture<String> foreign = other.createFuture();
        LoopFuture<List<String>> gathered = tasks.gather(List.of(foreign));
        foreign.setResult("from there");
        other.callSoon(other::stop);
        other.runForever();
        assertThat(gathered.getLoop()).isSameAs(loop);
        assertThat(run(gathered)).containsExactly("from there");
    }
}
