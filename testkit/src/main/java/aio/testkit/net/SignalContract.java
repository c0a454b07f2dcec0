package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import aio.loop.Feature;
import aio.loop.Handle;
import aio.loop.LoopClosedException;
import aio.process.ProcessSignal;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ProcessSignal handlers: C241 to C247. The signals are real ones, sent by the shell. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill, and no signal of the user")
@Asyncio("eventloop#loop.add_signal_handler")
public abstract class SignalContract extends NetContract {
    /** Ignored by default, so that a failing test does not end the JVM. */
    private static final ProcessSignal HARMLESS = new ProcessSignal("WINCH");

    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** For subclasses. */
    protected SignalContract() {}

    @BeforeEach
    void needsSignals() {
        assertThat(loop.supports(Feature.SIGNALS)).isTrue();
    }

    private static void raise(ProcessSignal signal) throws IOException, InterruptedException {
        String kill = "kill -" + signal.name() + " " + ProcessHandle.current().pid();
        assertThat(new ProcessBuilder("/bin/sh", "-c", kill).inheritIO().start().waitFor()).as(kill).isZero();
    }

    @Test
    void c241_aDeliveredSignal_runsTheCallbackOnTheLoop() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        loop.addSignalHandler(ProcessSignal.USR1, () -> thread.set(Thread.currentThread()));

        raise(ProcessSignal.USR1);
        Await.until("the callback", () -> thread.get() != null);

        assertThat(thread.get()).isSameAs(running.thread());
        assertThat(loop.removeSignalHandler(ProcessSignal.USR1)).isTrue();
        assertThat(loop.removeSignalHandler(ProcessSignal.USR1)).isFalse();
    }

    @Test
    @Asyncio("eventloop#loop.remove_signal_handler")
    void c241_afterRemoval_theCallbackIsNotCalled() throws Exception {
        EventLoop witness = start(policy().newEventLoop()).loop();
        loop.addSignalHandler(HARMLESS, () -> calls.add("removed"));
        witness.addSignalHandler(HARMLESS, () -> calls.add("witness"));
        loop.removeSignalHandler(HARMLESS);

        raise(HARMLESS);
        Await.until("the witness", () -> calls.contains("witness"));
        running.turns(2);

        assertThat(calls).containsExactly("witness");
    }

    @Test
    void c242_aLoopThatSleeps_isWoken() throws Exception {
        loop.addSignalHandler(HARMLESS, () -> calls.add("called"));
        for (int i = 1; i <= 3; i++) {
            long turns = loop.info().turns();
            Await.until("the loop sleeps", () -> loop.info().turns() == turns);
            raise(HARMLESS);
            int count = i;
            Await.until("call " + i, () -> calls.size() == count);
        }
    }

    @Test
    void c243_theLastHandlerOfALoopWins() throws Exception {
        loop.addSignalHandler(HARMLESS, () -> calls.add("first"));
        loop.addSignalHandler(HARMLESS, () -> calls.add("last"));

        raise(HARMLESS);
        Await.until("the last handler", () -> calls.contains("last"));
        running.turns(2);

        assertThat(calls).containsExactly("last");
        assertThat(loop.removeSignalHandler(HARMLESS)).isTrue();
        assertThat(loop.removeSignalHandler(HARMLESS)).isFalse();
    }

    @Test
    void c243_everyLoopWithAHandler_isTold() throws Exception {
        EventLoop other = start(policy().newEventLoop()).loop();
        loop.addSignalHandler(HARMLESS, () -> calls.add("one"));
        other.addSignalHandler(HARMLESS, () -> calls.add("other"));

        raise(HARMLESS);
        Await.until("both", () -> calls.size() == 2);

        assertThat(calls).containsExactlyInAnyOrder("one", "other");
    }

    @Test
    void c246_aCancelledHandler_isRemovedWhenItsSignalComes() throws Exception {
        EventLoop witness = start(policy().newEventLoop()).loop();
        Handle handle = loop.addSignalHandler(HARMLESS, () -> calls.add("cancelled"));
        witness.addSignalHandler(HARMLESS, () -> calls.add("witness"));
        handle.cancel();

        raise(HARMLESS);
        Await.until("the witness", () -> calls.contains("witness"));

        assertThat(handle.cancelled()).isTrue();
        assertThat(loop.removeSignalHandler(HARMLESS)).isFalse();
        assertThat(calls).containsExactly("witness");
    }

    @Test
    void c247_closingTheLoop_removesItsHandlers() throws Exception {
        EventLoop closed = policy().newEventLoop();
        EventLoop witness = start(policy().newEventLoop()).loop();
        closed.addSignalHandler(HARMLESS, () -> calls.add("closed"));
        closed.addSignalHandler(ProcessSignal.USR1, () -> calls.add("closed"));
        witness.addSignalHandler(HARMLESS, () -> calls.add("witness"));
        closed.close();

        raise(HARMLESS);
        Await.until("the witness", () -> calls.contains("witness"));

        assertThat(closed.removeSignalHandler(HARMLESS)).isFalse();
        assertThat(closed.removeSignalHandler(ProcessSignal.USR1)).isFalse();
        assertThat(calls).containsExactly("witness");
        assertThatThrownBy(() -> closed.addSignalHandler(HARMLESS, () -> {}))
                .isInstanceOf(LoopClosedException.class);
    }

    @Test
    void anErrorInAHandler_goesToTheExceptionHandler_andTheHandlerStays() throws Exception {
        loop.addSignalHandler(HARMLESS, () -> {
            calls.add("called");
            if (calls.size() == 1) {
                throw new IllegalStateException("of the handler");
            }
        });

        raise(HARMLESS);
        Await.until("the first call", () -> calls.size() == 1);
        raise(HARMLESS);
        Await.until("the second call", () -> calls.size() == 2);

        assertThat(reports.awaitOnly().exception()).hasMessage("of the handler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "STOP", "QUIT", "SEGV", "SIGFPE"})
    void signalsThatCannotBeCaught_areRefused(String name) {
        assertThatThrownBy(() -> loop.addSignalHandler(new ProcessSignal(name), () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("SIG" + name.replace("SIG", ""), "cannot be caught");
        assertThat(loop.removeSignalHandler(new ProcessSignal(name))).isFalse();
    }

    @Test
    void signalsThatDoNotExist_areRefused() {
        assertThatThrownBy(() -> loop.addSignalHandler(new ProcessSignal("NOSUCH"), () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("SIGNOSUCH", "does not exist");
        assertThatThrownBy(() -> new ProcessSignal("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProcessSignal("15")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new ProcessSignal("sigterm")).isEqualTo(ProcessSignal.TERM);
    }
}
