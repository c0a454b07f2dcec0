package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.Handle;
import aio.loop.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors that only the exception handler can be told: C133 to C139. */
@Asyncio("eventloop#loop.call_exception_handler")
public abstract class ErrorHandlingContract extends LoopContract {
    private final IllegalArgumentException failure = new IllegalArgumentException("of a callback");
    private final List<String> order = new ArrayList<>();

    @Test
    void c133_failingCallback_goesToTheHandler_andTheNextOneRuns() {
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        Handle handle = loop.callSoon(this::fail);
        loop.callSoon(() -> order.add("next"));

        runBriefly(loop);

        assertThat(handler.contexts()).hasSize(1);
        ExceptionContext context = handler.contexts().get(0);
        assertThat(context.message()).startsWith("Exception in callback");
        assertThat(context.exception()).isSameAs(failure);
        assertThat(context.get("handle")).isSameAs(handle);
        assertThat(order).containsExactly("next");
    }

    @Test
    void c133_handler_isCalledWithTheLoop() {
        List<EventLoop> told = new ArrayList<>();
        loop.setExceptionHandler((of, context) -> told.add(of));
        loop.callSoon(this::fail);

        runBriefly(loop);

        assertThat(told).containsExactly(loop);
    }

    @Test
    void c133_threadsafeCallback_thatFails_goesToTheHandler() {
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        loop.callSoonThreadsafe(this::fail);

        runBriefly(loop);

        assertThat(handler.exceptions()).containsExactly(failure);
    }

    @Test
    @Asyncio("eventloop#loop.default_exception_handler")
    void c134_defaultHandler_logsAnErrorWithTheException() {
        try (LogCapture log = LogCapture.start()) {
            loop.callSoon(this::fail);
            runBriefly(loop);

            assertThat(log.errors()).singleElement().asString().contains("Exception in callback");
            assertThat(log.thrown()).containsExactly(failure);
        }
    }

    @Test
    @Asyncio("eventloop#loop.default_exception_handler")
    void c134_defaultHandler_logsAFailingTimerToo() {
        loop = newVirtualLoop();
        try (LogCapture log = LogCapture.start()) {
            loop.callLater(Duration.ofMillis(1), this::fail);
            runUntil(loop, "the log record", () -> !log.errors().isEmpty());

            assertThat(log.errors()).singleElement().asString().contains("Exception in callback");
            assertThat(log.thrown()).containsExactly(failure);
        }
    }

    @Test
    @Asyncio("eventloop#loop.set_exception_handler")
    void c135_handlerThatIsSet_isAnswered() {
        assertThat(loop.getExceptionHandler()).isNull();

        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);

        assertThat(loop.getExceptionHandler()).isSameAs(handler);
    }

    @Test
    @Asyncio("eventloop#loop.set_exception_handler")
    void c135_null_bringsTheDefaultBack() {
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        loop.setExceptionHandler(null);
        try (LogCapture log = LogCapture.start()) {
            loop.callSoon(this::fail);
            runBriefly(loop);

            assertThat(loop.getExceptionHandler()).isNull();
            assertThat(handler.contexts()).isEmpty();
            assertThat(log.thrown()).containsExactly(failure);
        }
    }

    @Test
    @Asyncio("eventloop#loop.set_exception_handler")
    void c137_failingHandler_isReportedByTheDefaultOne_andNothingEscapes() {
        IllegalStateException ofTheHandler = new IllegalStateException("of the handler");
        loop.setExceptionHandler((of, context) -> {
            throw ofTheHandler;
        });
        try (LogCapture log = LogCapture.start()) {
            loop.callSoon(this::fail);
            loop.callSoon(() -> order.add("next"));
            runBriefly(loop);

            assertThat(log.errors()).anySatisfy(line -> assertThat(line)
                    .contains("Unhandled error in exception handler")
                    .contains("of a callback"));
            assertThat(log.thrown()).contains(ofTheHandler);
        }
        assertThat(order).containsExactly("next");
    }

    @Test
    @Asyncio("eventloop#loop.default_exception_handler")
    void c137_failingDefaultHandler_logsAnError_andNothingEscapes() {
        Object untellable = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("cannot be told");
            }
        };
        ExceptionContext context = ExceptionContext.of("what went wrong", failure).with("handle", untellable);
        try (LogCapture log = LogCapture.start()) {
            assertThatCode(() -> loop.callExceptionHandler(context)).doesNotThrowAnyException();

            assertThat(log.errors()).isNotEmpty();
        }
    }

    @Test
    void c138_emptyContext_hasAMessage_andOtherKeysAreSorted() {
        try (LogCapture log = LogCapture.start()) {
            loop.callExceptionHandler(
                    ExceptionContext.empty().with("zeta", "last one").with("alpha", "first one"));

            assertThat(log.errors()).singleElement().asString()
                    .startsWith("Unhandled exception in event loop")
                    .containsSubsequence("alpha", "first one", "zeta", "last one");
        }
    }

    @Test
    @Asyncio("task#Task.exception")
    void c139_failedTaskNeverLookedAt_isReportedWhenItIsUnreachable() {
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        makeAndForget();
        runTurns(loop, 3);

        runUntil(loop, "the report", () -> {
            System.gc();
            return !handler.contexts().isEmpty();
        });

        assertThat(handler.contexts()).hasSize(1);
        assertThat(handler.contexts().get(0).message()).contains("never retrieved");
        assertThat(handler.exceptions()).containsExactly(failure);
    }

    private void makeAndForget() {
        loop.createTask(() -> {
            throw failure;
        });
    }

    @Test
    @Asyncio("task#Task.exception")
    void c139_failedTaskLookedAtOnce_isNotReported() throws Exception {
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        lookAtAndForget();
        makeAndForget();
        runTurns(loop, 3);

        runUntil(loop, "the report of the other task", () -> {
            System.gc();
            return !handler.contexts().isEmpty();
        });
        runTurns(loop, 3);

        assertThat(handler.exceptions()).containsExactly(failure);
    }

    private void lookAtAndForget() {
        Task<String> task = loop.createTask(() -> {
            throw new IOException("looked at");
        });
        runTurns(loop, 3);
        assertThat(task.exception()).hasMessage("looked at");
    }

    private void fail() {
        throw failure;
    }
}
