package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.LoopClosedException;
import aio.loop.LoopExit;
import aio.loop.LoopFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Futures that a timer completes, and other threads that wait for work of the loop. */
@Asyncio("task#sleep")
public abstract class SleepContract extends LoopContract {
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void sleep_isDoneWhenTheTimeHasPassed_neverBefore_inRealTime() {
        Duration begun = loop.time();
        LoopFuture<Void> sleep = loop.sleep(SHORT);

        runBriefly(loop);
        assertThat(loop.info().timers()).isEqualTo(1);
        loop.runUntilComplete(sleep);

        assertThat(loop.time().minus(begun)).isGreaterThanOrEqualTo(SHORT);
        assertThat(loop.info().timers()).isZero();
    }

    @Test
    void sleepOfNoTime_isDoneInATurnOfTheLoop() {
        LoopFuture<Void> sleep = loop.sleep(Duration.ofSeconds(-1));
        assertThat(sleep.isDone()).isFalse();
        loop.runUntilComplete(sleep);
    }

    @Test
    void sleep_mayBeCalledAndCancelledOnAnyThread() throws Exception {
        loop.setDebug(true); // refuses calls of wrong threads
        try (Background run = inBackground(loop)) {
            loop.sleep(SHORT).thenCompose(slept -> loop.sleep(SHORT)).join();
            LoopFuture<Void> sleep = loop.sleep(Duration.ofHours(1));
            assertThat(sleep.cancel()).isTrue();
            assertThat(sleep.cancel()).isFalse();
            assertThatThrownBy(sleep::join).isInstanceOf(CancellationException.class);
            loop.sleep(Duration.ZERO).join();
            assertThat(loop.info().timers()).as("timers left").isZero();
        }
    }

    @Test
    void sleepOfAClosedLoop_isRefused() {
        LoopFuture<Void> sleep = loop.sleep(SHORT);
        loop.close();
        assertThat(sleep.cancel()).isTrue();
        assertThatThrownBy(() -> loop.sleep(SHORT)).isInstanceOf(LoopClosedException.class);
        assertThatThrownBy(() -> loop.sleep(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Asyncio("task#run_coroutine_threadsafe")
    void callAndWait_returnsWhatTheLoopFinds() throws Exception {
        try (Background run = inBackground(loop)) {
            assertThat(loop.callAndWait(Thread::currentThread)).isSameAs(run.thread());
            IOException checked = new IOException("broken");
            assertThatThrownBy(() -> loop.callAndWait(() -> {
                throw checked;
            })).isInstanceOf(CompletionException.class).hasCause(checked);
            IllegalArgumentException unchecked = new IllegalArgumentException("broken");
            assertThatThrownBy(() -> loop.callAndWait(() -> {
                throw unchecked;
            })).isSameAs(unchecked);
        }
    }

    @Test
    @Asyncio("task#run_coroutine_threadsafe")
    void callAndWait_onTheLoopsOwnThread_isRefused() {
        loop.callSoon(() -> assertThatThrownBy(() -> loop.callAndWait(() -> "never"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("loop \"" + loop.name() + "\" would wait for itself"));
        RecordingExceptionHandler reports = RecordingExceptionHandler.on(loop);

        runBriefly(loop);

        assertThat(reports.contexts()).isEmpty();
    }

    @Test
    @Asyncio("task#run_coroutine_threadsafe")
    void callAndWait_isWokenWhenTheLoopCloses() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = start("waits", () -> {
            try {
                loop.callAndWait(() -> "never");
            } catch (LoopClosedException e) {
                thrown.set(e);
            }
        });
        await("the thread waits", () -> waiting.getState() == Thread.State.WAITING);

        loop.close();

        waiting.join(DEADLINE.toMillis());
        assertThat(thrown.get()).isInstanceOf(LoopClosedException.class);
        assertThatThrownBy(() -> loop.callAndWait(() -> "never")).isInstanceOf(LoopClosedException.class);
    }

    @Test
    @Asyncio("task#run_coroutine_threadsafe")
    void callAndWait_endsWhenItsWorkLeavesTheLoop() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = start("waits", () -> {
            try {
                loop.callAndWait(() -> {
                    throw new LoopExit("enough");
                });
            } catch (CancellationException e) {
                thrown.set(e);
            }
        });
        await("the thread waits", () -> waiting.getState() == Thread.State.WAITING);

        assertThatThrownBy(() -> runBriefly(loop)).isInstanceOf(LoopExit.class);

        waiting.join(DEADLINE.toMillis());
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    }
}
