package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopExit;
import aio.loop.LoopFuture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Running and stopping: C113 to C127. */
@Asyncio("eventloop#loop.run_until_complete")
public abstract class RunningContract extends LoopContract {
    private final List<Object> order = new ArrayList<>();

    @Test
    void c113_doneFuture_costsOneTurn() {
        LoopFuture<Integer> done = loop.createFuture();
        done.setResult(42);
        loop.callSoon(() -> {
            order.add("queued before");
            loop.callSoon(() -> order.add("queued by it"));
        });

        assertThat(loop.runUntilComplete(done)).isEqualTo(42);

        assertThat(order).containsExactly("queued before");
        assertThat(loop.isRunning()).isFalse();
        runBriefly(loop);
        assertThat(order).containsExactly("queued before", "queued by it");
    }

    @Test
    void c113_foreignStage_isWaitedFor() throws Exception {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        start("completer", () -> foreign.complete("from afar"));

        assertThat(loop.runUntilComplete(foreign)).isEqualTo("from afar");
    }

    @Test
    void c113_futureOfAnotherLoop_isRefused() {
        LoopFuture<String> others = newLoop().createFuture();

        assertThatThrownBy(() -> loop.runUntilComplete(others)).isInstanceOf(IllegalArgumentException.class);
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void c114_stoppedBeforeTheFutureIsDone_isAnError() {
        LoopFuture<String> pending = loop.createFuture();
        loop.callSoon(loop::stop);

        assertThatThrownBy(() -> loop.runUntilComplete(pending))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stopped before");
        assertThat(pending.isDone()).isFalse();
    }

    @Test
    void c115_null_isRefused() {
        assertThatThrownBy(() -> loop.runUntilComplete((CompletionStage<String>) null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.runUntilComplete((Callable<CompletionStage<String>>) null))
                .isInstanceOf(NullPointerException.class);
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void c117_afterAnEscapedError_theFirstFutureStopsNothing() {
        LoopFuture<String> first = loop.createFuture();
        loop.callSoon(RunningContract::exit);
        assertThatThrownBy(() -> loop.runUntilComplete(first)).isInstanceOf(LoopExit.class);

        loop.callSoon(() -> first.setResult("late"));

        assertThat(turnsUntilOwnStop()).isEqualTo(5);
    }

    @Test
    void c117_afterAStop_theFirstFutureStopsNothing() {
        LoopFuture<String> first = loop.createFuture();
        loop.callSoon(loop::stop);
        assertThatThrownBy(() -> loop.runUntilComplete(first)).isInstanceOf(IllegalStateException.class);

        loop.callSoon(() -> first.setResult("late"));

        assertThat(turnsUntilOwnStop()).isEqualTo(5);
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void c118_afterAnEscapedErrorOfTheWork_noStopIsPending() {
        assertThatThrownBy(() -> loop.runUntilComplete(() -> {
                    throw new LoopExit("leave");
                }))
                .isInstanceOf(LoopExit.class)
                .hasMessage("leave");

        assertThat(turnsUntilOwnStop()).isEqualTo(5);
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void c118_loopExitOfAReader_escapesToo_andTheReaderStays() throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            assumeCanWatch(source);
            sink.write(ByteBuffer.wrap(new byte[1]));
            loop.addReader(source, () -> {
                order.add("reader");
                exit();
            });

            assertThatThrownBy(loop::runForever).isInstanceOf(LoopExit.class);
            assertThatThrownBy(loop::runForever).isInstanceOf(LoopExit.class);

            assertThat(order).hasSize(2);
            assertThat(loop.removeReader(source)).isTrue();
            assertThat(turnsUntilOwnStop()).isEqualTo(5);
        }
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void c118_noOtherErrorEscapes() {
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        List<Error> errors = List.of(new AssertionError("of a user"), new StackOverflowError("of a user"),
                new OutOfMemoryError("of a user"), new InternalError("of a user"), new ThreadDeath());
        for (Error error : errors) {
            loop.callSoon(() -> {
                throw error;
            });
        }
        loop.callSoon(() -> order.add("next"));

        runBriefly(loop);

        assertThat(handler.exceptions()).isEqualTo(errors);
        assertThat(order).containsExactly("next");
        assertThat(turnsUntilOwnStop()).isEqualTo(5);
    }

    /** Runs until a callback that schedules itself stops the loop in the fifth turn; returns the turn. */
    private int turnsUntilOwnStop() {
        AtomicInteger turns = new AtomicInteger();
        loop.callSoon(new Runnable() {
            @Override
            public void run() {
                if (turns.incrementAndGet() == 5) {
                    loop.stop();
                } else {
                    loop.callSoon(this);
                }
            }
        });
        loop.runForever();
        return turns.get();
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void c119_escapedError_keepsTheQueue() {
        loop.callSoon(() -> order.add("before"));
        loop.callSoon(RunningContract::exit);
        loop.callSoon(() -> order.add("after"));

        assertThatThrownBy(loop::runForever).isInstanceOf(LoopExit.class);

        assertThat(loop.isRunning()).isFalse();
        assertThatThrownBy(EventLoops::getRunningLoop).isInstanceOf(IllegalStateException.class);
        assertThat(order).containsExactly("before");
        runBriefly(loop);
        assertThat(order).containsExactly("before", "after");
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void c121_insideARunningLoop_anotherIsRefused() throws Exception {
        EventLoop other = newLoop();

        inside(loop, () -> {
            assertThatThrownBy(other::runForever)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(loop.name());
            assertThatThrownBy(() -> other.runUntilComplete(other.createFuture()))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(loop::runForever)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(loop.name());
            return null;
        });

        assertThat(other.isRunning()).isFalse();
        assertThat(inside(other, () -> "runs")).isEqualTo("runs");
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void c121_aRunThatIsRefused_hasBegunNothing_alsoLater() throws Exception {
        LoopFuture<String> future = loop.createFuture();
        CompletableFuture<String> foreign = new CompletableFuture<>();
        Callable<CompletionStage<String>> work = () -> {
            order.add("work");
            return future;
        };
        EventLoop other = newLoop();
        loop.callSoon(() -> {
            for (EventLoop refusing : List.of(loop, other)) { // one runs, the other may not run on this thread
                assertThatThrownBy(() -> refusing.runUntilComplete(work)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> refusing.runUntilComplete(foreign)).isInstanceOf(IllegalStateException.class);
                assertThat(refusing.allTasks()).isEmpty();
            }
            assertThatThrownBy(() -> loop.runUntilComplete(future)).isInstanceOf(IllegalStateException.class);
            order.add("refused");
        });
        runBriefly(loop);
        assertThat(foreign.getNumberOfDependents()).isZero();
        future.setResult("done");
        runBriefly(loop);
        runBriefly(other);
        assertThat(order).containsExactly("refused");

        other.close();
        assertThatThrownBy(() -> other.runUntilComplete(work)).isInstanceOf(IllegalStateException.class);
        assertThat(other.allTasks()).isEmpty();
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void c122_secondStartFromAnotherThread_isRefusedAndChangesNothing() throws Exception {
        try (Background run = inBackground(loop)) {
            assertThatThrownBy(loop::runForever).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> loop.runUntilComplete(loop.createFuture()))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(loop.isRunning()).isTrue();
            assertThatThrownBy(EventLoops::getRunningLoop).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(loop::close).isInstanceOf(IllegalStateException.class);
            AtomicReference<EventLoop> seen = new AtomicReference<>();
            loop.callSoonThreadsafe(() -> seen.set(EventLoops.getRunningLoop()));
            await("the first run continues", () -> seen.get() != null);
            assertThat(seen.get()).isSameAs(loop);
        }
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void c123_loop_mayMoveToAnotherThread() throws Exception {
        Thread first = inside(loop, Thread::currentThread);
        loop.callSoon(() -> order.add(Thread.currentThread()));

        Thread second = elsewhere(() -> inside(loop, Thread::currentThread));

        assertThat(first).isSameAs(Thread.currentThread());
        assertThat(order).containsExactly(second).doesNotContain(first);
        assertThat(inside(loop, Thread::currentThread)).isSameAs(first);
    }

    @Test
    @Asyncio("eventloop#loop.stop")
    void c125_stopBeforeRunning_polledOnceWithoutWaiting() {
        RecordingDriverFactory driver = recordingDriver();
        EventLoop recorded = newLoop(driver);
        recorded.stop();

        recorded.runForever();

        assertThat(driver.polls()).containsExactly(0L);
        assertThat(recorded.isRunning()).isFalse();
    }

    @Test
    @Asyncio("eventloop#loop.stop")
    void c125_stop_completesTheTurn_andKeepsWhatItQueued() {
        loop.callSoon(loop::stop);
        loop.callSoon(() -> {
            order.add("same turn");
            loop.callSoon(() -> order.add("next run"));
        });

        loop.runForever();
        assertThat(order).containsExactly("same turn");

        runBriefly(loop);
        assertThat(order).containsExactly("same turn", "next run");
    }

    @Test
    @Asyncio("eventloop#loop.stop")
    void c126_ioOfTheStoppingTurn_isDeliveredOnce() throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            assumeCanWatch(source);
            sink.write(ByteBuffer.wrap(new byte[1]));
            loop.addReader(source, () -> order.add(readAll(source)));

            runBriefly(loop);
            assertThat(order).as("in the turn that stops").containsExactly(1);
            runTurns(loop, 3);

            assertThat(order).containsExactly(1);
            loop.removeReader(source);
        }
    }

    private static int readAll(Pipe.SourceChannel source) {
        try {
            return source.read(ByteBuffer.allocate(100));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Asyncio("eventloop#loop.close")
    void c127_closeWhileRunning_isRefused() throws Exception {
        inside(loop, () -> {
            assertThatThrownBy(loop::close)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(loop.name());
            assertThat(loop.isClosed()).isFalse();
            return null;
        });

        assertThat(inside(loop, () -> "runs on")).isEqualTo("runs on");
    }

    @Test
    @Asyncio("eventloop#loop.run_forever")
    void interruptOfTheThread_neitherEndsNorSpinsTheRun() {
        RecordingDriverFactory driver = recordingDriver();
        EventLoop recorded = newLoop(driver);
        Thread.currentThread().interrupt();
        try {
            recorded.callLater(Duration.ofMillis(100), recorded::stop);
            recorded.runForever();
        } finally {
            Thread.interrupted(); // kept or not, it must not reach the next tests
        }

        assertThat(driver.polls().size()).as("polls in 100 ms").isLessThan(50);
    }

    private static void exit() {
        throw new LoopExit("leave");
    }
}
