package aio.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.kernel.Kernel;
import aio.core.kernel.Wants;
import aio.core.loop.Loops;
import aio.core.loop.ManagedLoop;
import aio.core.loop.Origin;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Signals go back to the handlers that they were taken from. */
@Timeout(20)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no signal of the user")
class SignalTableTest {
    private static final aio.process.ProcessSignal USR1 = aio.process.ProcessSignal.USR1;

    private final Loops loops = new Loops(Origin.NONE, new ProcessLauncher(new SharedReaper()));
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private SignalHandler before;
    private EventLoop one;
    private EventLoop other;

    @BeforeEach
    void handleBefore() {
        before = Signal.handle(new Signal("USR1"), signal -> heard.add("before"));
        one = loops.newLoop(null, LoopOptions.defaults());
        other = loops.newLoop(null, LoopOptions.defaults());
    }

    @AfterEach
    void handleAsBefore() {
        one.close();
        other.close();
        Signal.handle(new Signal("USR1"), before);
    }

    private String raise() throws InterruptedException {
        Signal.raise(new Signal("USR1"));
        return heard.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void c241_theLastRemoval_bringsBackWhatWasThereBefore() throws InterruptedException {
        one.addSignalHandler(USR1, () -> heard.add("one"));
        other.addSignalHandler(USR1, () -> heard.add("other"));

        assertThat(one.removeSignalHandler(USR1)).isTrue();
        Signal.raise(new Signal("USR1"));
        assertThat(heard.poll(200, TimeUnit.MILLISECONDS)).as("the other loop still has it, but is not run").isNull();
        assertThat(other.removeSignalHandler(USR1)).isTrue();
        assertThat(raise()).isEqualTo("before");
    }

    @Test
    void c247_closingTheLoop_bringsBackWhatWasThereBefore() throws InterruptedException {
        one.addSignalHandler(USR1, () -> heard.add("one"));
        one.close();

        assertThat(raise()).isEqualTo("before");
    }

    @Test
    void theEndOfTheCore_bringsBackWhatWasThereBefore() throws InterruptedException {
        one.addSignalHandler(USR1, () -> heard.add("one"));
        loops.closeAll(new IllegalStateException("the end"), 1_000_000_000);

        assertThat(raise()).isEqualTo("before");
    }

    @Test
    void foreignHandler_setMeanwhile_isLeftThere() throws InterruptedException {
        one.addSignalHandler(USR1, () -> heard.add("one"));
        SignalHandler ours = Signal.handle(new Signal("USR1"), signal -> heard.add("later"));
        one.removeSignalHandler(USR1);

        assertThat(raise()).isEqualTo("later");
        Signal.handle(new Signal("USR1"), ours);
        assertThat(raise()).as("a retired handler passes the signal on").isEqualTo("before");
    }

    @Test
    void whatABundleLeft_onAManagedLoop_isRemoved() throws InterruptedException {
        ManagedLoop managed = loops.newManagedLoop("shared");
        Runnable callback = () -> heard.add("managed");
        managed.loop().addSignalHandler(USR1, callback);
        assertThat(raise()).isEqualTo("managed");

        loops.withdraw(user -> user == callback, new IllegalStateException("stopped"), 1_000_000_000);
        assertThat(raise()).isEqualTo("before");
        managed.end(new IllegalStateException("the end"));
    }

    @Test
    void withoutAccess_nothingIsSupported() throws IOException {
        SignalTable none = new SignalTable(null);
        Kernel kernel = new Kernel(one, "deaf", null, new Wants(), false, true, null);

        assertThat(none.isSupported()).isFalse();
        assertThatThrownBy(() -> none.add(kernel, USR1, () -> {}))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContainingAll("\"deaf\"", "\"parked\"", "SIGNALS", "sun.misc");
        assertThatThrownBy(() -> none.remove(kernel, USR1)).isInstanceOf(UnsupportedOperationException.class);
    }
}
