package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.Runner;
import aio.loop.EventLoop;
import aio.loop.LoopExit;
import aio.loop.LoopFuture;
import aio.loop.Task;
import aio.policy.EventLoopPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runner and {@code EventLoops.run}: C038 to C046. */
@Asyncio("runner#Runner.run")
public abstract class RunnerContract extends LoopContract {

    @BeforeEach
    void install() {
        EventLoops.setEventLoopPolicy(newPolicy());
    }

    @Test
    @Asyncio("runner#run")
    void c038_run_returnsTheResult_andClosesTheLoop() {
        AtomicReference<@Nullable EventLoop> used = new AtomicReference<>();

        String result = EventLoops.run(() -> {
            used.set(EventLoops.getRunningLoop());
            return later(EventLoops.getRunningLoop(), "done");
        });

        assertThat(result).isEqualTo("done");
        assertThat(used.get().isClosed()).isTrue();
    }

    @Test
    @Asyncio("runner#run")
    void c038_run_throwsTheFailure_andClosesTheLoop() {
        AtomicReference<@Nullable EventLoop> used = new AtomicReference<>();
        IllegalArgumentException failure = new IllegalArgumentException("of the work");

        assertThatThrownBy(() -> EventLoops.run(() -> {
                    used.set(EventLoops.getRunningLoop());
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(used.get().isClosed()).isTrue();
    }

    @Test
    @Asyncio("runner#run")
    void c038_run_wrapsACheckedFailure() {
        IOException failure = new IOException("of the work");

        assertThatThrownBy(() -> EventLoops.run(() -> {
                    throw failure;
                }))
                .isInstanceOf(CompletionException.class)
                .hasCause(failure);
    }

    @Test
    @Asyncio("runner#run")
    void c038_run_letsALoopExitEscape_andClosesTheLoop() {
        AtomicReference<@Nullable EventLoop> used = new AtomicReference<>();

        assertThatThrownBy(() -> EventLoops.run(() -> {
                    used.set(EventLoops.getRunningLoop());
                    throw new LoopExit("leave");
                }))
                .isInstanceOf(LoopExit.class)
                .hasMessage("leave");
        assertThat(used.get().isClosed()).isTrue();
    }

    @Test
    @Asyncio("runner#run")
    void c039_run_usesNewAndSet_neverGet() {
        AtomicReference<@Nullable EventLoop> made = new AtomicReference<>();
        RecordingPolicy policy = new RecordingPolicy(driver()) {
            @Override
            public EventLoop getEventLoop() {
                throw new AssertionError("a runner asked for the current loop");
            }

            @Override
            public EventLoop newEventLoop() {
                made.set(super.newEventLoop());
                return made.get();
            }
        };
        EventLoops.setEventLoopPolicy(policy);

        assertThat(EventLoops.run(() -> later(EventLoops.getEventLoop(), "done"))).isEqualTo("done");

        assertThat(policy.calls())
                .containsExactly("newEventLoop", "setEventLoop(" + made.get().name() + ")", "setEventLoop(null)");
    }

    @Test
    void c039_runnerUsedTwice_setsItsLoopOnce() {
        RecordingPolicy policy = new RecordingPolicy(driver());
        EventLoops.setEventLoopPolicy(policy);
        List<EventLoop> used = new ArrayList<>();
        try (Runner runner = new Runner()) {
            for (int run = 0; run < 2; run++) {
                runner.run(() -> later(EventLoops.getRunningLoop(), used.add(EventLoops.getRunningLoop())));
            }
        }

        assertThat(used).hasSize(2);
        assertThat(used.get(0)).isSameAs(used.get(1));
        assertThat(policy.calls()).hasSize(3).endsWith("setEventLoop(null)");
    }

    @Test
    @Asyncio("runner#Runner")
    void c041_loopFactory_isCalledOnce_andThePolicyNever() {
        RecordingPolicy policy = new RecordingPolicy(driver());
        EventLoops.setEventLoopPolicy(policy);
        AtomicInteger calls = new AtomicInteger();
        try (Runner runner = new Runner(
                () -> {
                    calls.incrementAndGet();
                    return loop;
                },
                null)) {
            assertThat(runner.run(() -> later(loop, "one"))).isEqualTo("one");
            assertThat(runner.run(() -> later(loop, "two"))).isEqualTo("two");
        }

        assertThat(calls).hasValue(1);
        assertThat(policy.calls()).isEmpty();
        assertThat(loop.isClosed()).isTrue();
    }

    @Test
    @Asyncio("runner#run")
    void c042_insideALoop_runIsRefusedBeforeALoopIsMade() throws Exception {
        RecordingPolicy policy = new RecordingPolicy(driver());
        EventLoops.setEventLoopPolicy(policy);

        inside(loop, () -> {
            assertThatThrownBy(() -> EventLoops.run(() -> later(loop, "never")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be called from a running event loop");
            return null;
        });

        assertThat(policy.calls()).isEmpty();
    }

    @Test
    @Asyncio("runner#run")
    void c043_tasksLeftOver_areCancelledAndWaitedFor() {
        List<String> order = new ArrayList<>();
        List<Task<Void>> left = new ArrayList<>();

        EventLoops.run(() -> {
            EventLoop running = EventLoops.getRunningLoop();
            left.add(running.createTask(() -> new SlowToCancel(running, order)));
            left.add(running.createTask(running::createFuture));
            return later(running, "done");
        });

        assertThat(order).containsExactly("cancelled", "cleaned up");
        assertThat(left).allMatch(Task::isCancelled);
    }

    @Test
    @Asyncio("runner#run")
    void c043_failureOfATaskLeftOver_goesToTheExceptionHandler() {
        IllegalArgumentException failure = new IllegalArgumentException("while it was cancelled");
        AtomicReference<@Nullable RecordingExceptionHandler> handler = new AtomicReference<>();

        EventLoops.run(() -> {
            EventLoop running = EventLoops.getRunningLoop();
            handler.set(RecordingExceptionHandler.on(running));
            running.createTask(() -> new CompletableFuture<Void>() {
                @Override
                public boolean cancel(boolean mayInterruptIfRunning) {
                    return completeExceptionally(failure);
                }
            });
            return later(running, "done");
        });

        assertThat(handler.get().exceptions()).contains(failure);
    }

    @Test
    @Asyncio("runner#Runner.close")
    void c045_closedRunner_refusesAndClosesAgain() {
        Runner runner = new Runner();
        EventLoop used = runner.getLoop();

        runner.close();

        assertThat(used.isClosed()).isTrue();
        assertThatThrownBy(runner::getLoop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Runner is closed");
        assertThatThrownBy(() -> runner.run(() -> later(loop, "never")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Runner is closed");
        runner.close();
    }

    @Test
    @Asyncio("runner#Runner.close")
    void c045_runnerThatWasNeverUsed_closes() {
        Runner runner = new Runner();

        runner.close();

        assertThatThrownBy(runner::getLoop).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Asyncio("runner#run")
    void c046_afterRun_theMainThreadHasNoLoop_andMakesNone() {
        EventLoopPolicy policy = EventLoops.getEventLoopPolicy();
        EventLoops.designateMainThread(Thread.currentThread());

        EventLoops.run(() -> later(EventLoops.getRunningLoop(), "done"));

        assertThatThrownBy(policy::getEventLoop).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(EventLoops::getEventLoop).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Asyncio("runner#Runner")
    void runner_setsTheDebugMode_ifItIsTold() {
        try (Runner runner = new Runner(null, true)) {
            assertThat(runner.getLoop().getDebug()).isTrue();
        }
        try (Runner runner = new Runner(null, false)) {
            assertThat(runner.getLoop().getDebug()).isFalse();
        }
    }

    private static <T> CompletionStage<T> later(EventLoop on, T result) {
        LoopFuture<T> future = on.createFuture();
        on.callLater(Duration.ofMillis(1), () -> future.setResult(result));
        return future;
    }

    /** Takes some turns to end when it is cancelled. */
    private static final class SlowToCancel extends CompletableFuture<Void> {
        private final EventLoop loop;
        private final List<String> order;

        SlowToCancel(EventLoop loop, List<String> order) {
            this.loop = loop;
            this.order = order;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            order.add("cancelled");
            loop.callLater(Duration.ofMillis(20), () -> {
                order.add("cleaned up");
                super.cancel(mayInterruptIfRunning);
            });
            return true;
        }
    }
}
