package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.policy.ChildWatcher;
import aio.policy.EventLoopPolicy;
import aio.process.watcher.ChildReaper;
import aio.process.watcher.SafeChildWatcher;
import aio.testkit.Asyncio;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link SafeChildWatcher}: C055 to C069, C071, C078, C079, C081, C086, C087. */
@Asyncio("policy#SafeChildWatcher")
public abstract class SafeChildWatcherContract extends AttachedWatcherContract {
    @Override
    final ChildWatcher newWatcher(ChildReaper from) {
        return new SafeChildWatcher(from);
    }

    @Test
    void c055_attach_listensOnce_detachEndsIt() {
        assertThat(reaper.listeners()).isEqualTo(1);
        watcher.attachLoop(loop);
        watcher.attachLoop(newLoop());
        assertThat(reaper.listeners()).isEqualTo(1);

        watcher.attachLoop(null);

        assertThat(reaper.listeners()).isZero();
    }

    @Test
    void c066_errorsWhilePolling_areLogged_notThrown() throws Exception {
        started("a", PID);

        reaper.failWith(new IllegalStateException("thrown by the test"));
        endAndSignal(PID, 8);
        runTurns(loop, 3);
        assertThat(log.errors()).singleElement().asString().contains("process 42");
        assertThat(log.thrown()).singleElement().extracting(Throwable::getMessage).isEqualTo("thrown by the test");
        reaper.failWith(null);
        endAndSignal(99, 0);

        assertReports("a 42 8");
    }

    @Test
    void c067_reapedElsewhere_is255WithAWarning() throws Exception {
        started("a", PID);

        reaper.reapElsewhere(PID);
        endAndSignal(99, 0);

        assertReports("a 42 255");
        assertThat(log.warnings()).singleElement().asString().contains("process 42", "255");
    }

    @Test
    void unknownProcess_is255WithAWarning() throws Exception {
        add(loop, 7777, "a");

        assertReports("a 7777 255");
        assertThat(log.warnings()).singleElement().asString().contains("process 7777", "255");
    }

    @Test
    void c086_spawnOnAnotherLoop_whileTheAttachedOneDoesNotRun_isAnError() {
        EventLoopPolicy policy = newPolicy();
        ChildWatcher own = closingWatcher(new SafeChildWatcher());
        policy.setChildWatcher(own);
        EventLoops.setEventLoopPolicy(policy);
        own.attachLoop(loop);
        EventLoop other = newLoop();

        assertThatThrownBy(() -> elsewhere(() -> other.runUntilComplete(
                        other.subprocessExec(RecordingSubprocessProtocol::new, List.of("sleep", "30")))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SafeChildWatcher")
                .hasMessageContaining("is not active");
    }
}
