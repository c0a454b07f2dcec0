package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What scheduling refuses, and the debug mode: C141 to C143. */
@Asyncio("eventloop#loop.set_debug")
public abstract class DebugContract extends LoopContract {
    private final List<String> order = new ArrayList<>();

    @Test
    @Asyncio("eventloop#loop.call_soon")
    void c141_null_isRefusedAtScheduling() {
        assertNullIsRefused();
    }

    @Test
    @Asyncio("eventloop#loop.call_soon")
    void c141_null_isRefusedAtScheduling_inDebugModeToo() {
        loop.setDebug(true);

        assertNullIsRefused();
    }

    private void assertNullIsRefused() {
        Duration soon = Duration.ofMillis(1);
        assertThatThrownBy(() -> loop.callSoon(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.callSoonThreadsafe(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.callLater(soon, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.callAt(soon, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.runInExecutor(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.createTask(null)).isInstanceOf(NullPointerException.class);
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        runTurns(loop, 2);
        assertThat(handler.contexts()).isEmpty();
    }

    @Test
    @Asyncio("eventloop#loop.slow_callback_duration")
    void c143_slowCallback_isReported() {
        loop.setDebug(true);
        loop.setSlowCallbackDuration(Duration.ZERO);
        try (LogCapture log = LogCapture.start()) {
            loop.callSoon(() -> order.add("ran"));
            runBriefly(loop);

            assertThat(log.warnings()).anySatisfy(line ->
                    assertThat(line).containsPattern("(?s)Executing .* took .* seconds"));
        }
    }

    @Test
    @Asyncio("eventloop#loop.slow_callback_duration")
    void c143_slowTask_isReportedByName() {
        loop.setDebug(true);
        loop.setSlowCallbackDuration(Duration.ZERO);
        try (LogCapture log = LogCapture.start()) {
            loop.createTask(loop::createFuture, "the slow one");
            runTurns(loop, 2);

            assertThat(log.warnings()).anySatisfy(line -> assertThat(line)
                    .containsPattern("(?s)Executing .* took .* seconds")
                    .contains("the slow one"));
        }
    }

    @Test
    @Asyncio("eventloop#loop.slow_callback_duration")
    void c143_fastCallback_isNotReported_norAnyWithoutDebugMode() {
        try (LogCapture log = LogCapture.start()) {
            loop.setDebug(true);
            loop.setSlowCallbackDuration(Duration.ofHours(1));
            loop.callSoon(() -> order.add("fast"));
            runBriefly(loop);
            loop.setDebug(false);
            loop.setSlowCallbackDuration(Duration.ZERO);
            loop.callSoon(() -> order.add("not in debug mode"));
            runBriefly(loop);

            assertThat(log.warnings()).isEmpty();
        }
        assertThat(order).hasSize(2);
    }

    @Test
    @Asyncio("eventloop#loop.slow_callback_duration")
    void c143_slow_isFrom100Milliseconds() {
        assertThat(loop.getSlowCallbackDuration()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void wrongThread_isRefusedInDebugMode() throws Exception {
        loop.setDebug(true);
        try (Background run = inBackground(loop)) {
            assertThatThrownBy(() -> loop.callSoon(() -> order.add("never")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(loop.name())
                    .hasMessageContaining(Thread.currentThread().getName());
            assertThatThrownBy(() -> loop.callLater(Duration.ZERO, () -> order.add("never")))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> loop.callAt(Duration.ZERO, () -> order.add("never")))
                    .isInstanceOf(IllegalStateException.class);
        }
        runTurns(loop, 2);
        assertThat(order).isEmpty();
    }

    @Test
    void debugMode_canBeSwitched() {
        loop.setDebug(true);
        assertThat(loop.getDebug()).isTrue();

        loop.setDebug(false);
        assertThat(loop.getDebug()).isFalse();
    }
}
