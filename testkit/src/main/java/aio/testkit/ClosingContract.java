package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.ExceptionContext;
import aio.loop.LoopClosedException;
import aio.loop.LoopFuture;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Closing, and what is left of a closed loop: C129 to C131. */
@Asyncio("eventloop#loop.close")
public abstract class ClosingContract extends LoopContract {
    private final List<String> order = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> c129_afterClose_isRefused() {
        LoopFuture<String> pending = loop.createFuture();
        Runnable callback = () -> order.add("never");
        loop.close();
        Map<String, ThrowingCallable> refused = Map.of(
                "runForever", loop::runForever,
                "runUntilComplete", () -> loop.runUntilComplete(pending),
                "runUntilComplete of work", () -> loop.runUntilComplete(() -> pending),
                "callSoon", () -> loop.callSoon(callback),
                "callSoonThreadsafe", () -> loop.callSoonThreadsafe(callback),
                "callLater", () -> loop.callLater(Duration.ofMillis(1), callback),
                "callAt", () -> loop.callAt(loop.time(), callback),
                "createTask", () -> loop.createTask(() -> pending),
                "runInExecutor", () -> loop.runInExecutor(() -> order.add("never")),
                "runInExecutor of an executor", () -> loop.runInExecutor(Runnable::run, () -> order.add("never")));
        return refused.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    assertThatThrownBy(call.getValue())
                            .isInstanceOf(LoopClosedException.class)
                            .hasMessageContaining(loop.name());
                    assertThat(order).isEmpty();
                }));
    }

    @Test
    void c129_close_dropsWhatWasScheduled() {
        loop.callSoon(() -> order.add("soon"));
        loop.callSoonThreadsafe(() -> order.add("threadsafe"));
        loop.callLater(Duration.ZERO, () -> order.add("later"));

        loop.close();

        assertThat(order).isEmpty();
        assertThat(loop.info().ready()).isZero();
        assertThat(loop.info().timers()).isZero();
    }

    @Test
    void c130_afterClose_theRestStillWorks() {
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        Duration before = loop.time();

        loop.close();

        assertThat(loop.isClosed()).isTrue();
        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.time()).isGreaterThanOrEqualTo(before);
        assertThatCode(loop::getDebug).doesNotThrowAnyException();
        assertThat(loop.getExceptionHandler()).isSameAs(handler);
        assertThat(loop.info().state()).hasToString("closed");
        loop.callExceptionHandler(ExceptionContext.of("after close"));
        assertThat(handler.contexts()).hasSize(1);
        loop.stop();
        loop.close();
        assertThat(loop.isClosed()).isTrue();
    }

    @Test
    @Asyncio("eventloop#loop.create_future")
    void c130_afterClose_futuresCanBeMadeAndCompleted_butRunNothing() {
        loop.close();

        LoopFuture<String> future = loop.createFuture();
        future.addDoneCallback(done -> order.add("callback"));
        LoopFuture<Void> dependent = future.thenAccept(order::add);
        future.setResult("done");

        assertThat(future.result()).isEqualTo("done");
        assertThat(dependent.isDone()).isFalse();
        assertThat(order).isEmpty();
    }

    @Test
    void c130_futureOfAClosedLoop_canBeCompletedByAForeignStage() {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        loop.createTask(() -> foreign);
        runBriefly(loop);
        try (LogCapture log = LogCapture.start()) {
            loop.close();

            assertThatCode(() -> foreign.complete("too late")).doesNotThrowAnyException();
            assertThat(log.errors()).isEmpty();
        }
    }

    @Test
    @Asyncio("eventloop#loop.add_reader")
    void c131_afterClose_descriptorsAreRefused_andRemovingReturnsFalse() throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            sink.configureBlocking(false);
            loop.close();

            assertThatThrownBy(() -> loop.addReader(source, () -> order.add("never")))
                    .isInstanceOf(LoopClosedException.class);
            assertThatThrownBy(() -> loop.addWriter(sink, () -> order.add("never")))
                    .isInstanceOf(LoopClosedException.class);
            assertThat(loop.removeReader(source)).isFalse();
            assertThat(loop.removeWriter(sink)).isFalse();
        }
    }

    @Test
    void c131_descriptorWatchedAtClose_isGivenBackOpen() throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            assumeCanWatch(source);
            loop.addReader(source, () -> order.add("never"));

            loop.close();

            assertThat(source.isOpen()).isTrue();
            assertThat(source.isRegistered()).as("registered with an engine").isFalse();
            assertThat(sink.isOpen()).isTrue();
        }
    }
}
