package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import aio.policy.ChildWatcher;
import aio.testkit.Asyncio;
import org.junit.jupiter.api.Test;

/** The watchers that are attached to a loop: Safe, Fast, Pidfd. */
@Asyncio("policy#AbstractChildWatcher.attach_loop")
abstract class AttachedWatcherContract extends WatcherContract {

    @Test
    void c057_detachWithPendingHandlers_warns_andKeepsThem() throws Exception {
        started("a", PID);

        watcher.attachLoop(null);
        assertThat(log.warnings()).singleElement().asString().contains("loop is being detached", "pending handlers");
        assertThat(watcher.isActive()).isFalse();
        watcher.attachLoop(loop);
        endAndSignal(PID, 4);

        assertReports("a 42 4");
    }

    @Test
    void c057_detachWithoutHandlers_isSilent() {
        watcher.attachLoop(null);
        watcher.attachLoop(null);

        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void c058_attach_reportsAtOnceWhichChildrenEndedMeanwhile() throws Exception {
        started("a", 60);
        started("b", 61);
        started("c", 62);
        watcher.attachLoop(null);
        // the signal reaches no listener: it was removed, or has no loop
        reaper.end(60, 0);
        reaper.end(62, -9);

        EventLoop next = newLoop();
        watcher.attachLoop(next);
        runUntil(next, "the two", () -> reports.size() == 2);
        assertThat(reports).containsExactlyInAnyOrder("a 60 0", "c 62 -9");
        endAndSignal(61, 1);
        runUntil(next, "the third", () -> reports.size() == 3);

        assertThat(reports).contains("b 61 1");
    }

    @Test
    @Asyncio("policy#AbstractChildWatcher.close")
    void c069_close_forgetsHandlers_withoutWarning() throws Exception {
        started("a", PID);

        watcher.close();
        watcher.close();
        endAndSignal(PID, 1);
        runTurns(loop, 3);

        assertThat(reaper.listeners()).isZero();
        assertThat(reports).isEmpty();
        assertThat(log.warnings()).isEmpty();
        assertThat(watcher.isActive()).isFalse();
    }

    @Test
    @Asyncio("policy#AbstractChildWatcher.is_active")
    void c071_isActive_onlyWhileTheAttachedLoopRuns() throws Exception {
        ChildWatcher fresh = closingWatcher(newWatcher(reaper));
        assertThat(fresh.isActive()).isFalse();

        fresh.attachLoop(loop);
        assertThat(fresh.isActive()).isFalse();
        assertThat(inside(loop, fresh::isActive)).isTrue();
        assertThat(inside(newLoop(), fresh::isActive)).as("on another loop").isFalse();
        assertThat(fresh.isActive()).isFalse();
    }

    @Test
    void c079_noLoopAttached_registrationFailsClearly() {
        ChildWatcher fresh = closingWatcher(newWatcher(reaper));
        reaper.start(PID);

        try (ChildWatcher.Scope scope = fresh.enter()) {
            assertThatThrownBy(() -> fresh.addChildHandler(PID, reporting("a")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not have a loop attached")
                    .hasMessageContaining("process 42");
        }
        assertThat(fresh.removeChildHandler(PID)).isFalse();
    }

    @Test
    void c081_anotherLoop_getsPendingHandlers() throws Exception {
        started("a", PID);
        EventLoop next = newLoop();

        watcher.attachLoop(next);
        endAndSignal(PID, 6);
        runUntil(next, "the report", () -> reports.size() == 1);

        assertThat(reports).containsExactly("a 42 6");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void c087_failedAttach_leavesTheWatcherAsItWas() throws Exception {
        started("a", PID);
        EventLoop closed = newLoop();
        closed.close();

        assertThatThrownBy(() -> watcher.attachLoop(closed))
                .isInstanceOf(LoopClosedException.class)
                .hasMessageContaining(closed.name())
                .hasMessageContaining("stays as it was");
        assertThat(inside(loop, watcher::isActive)).isTrue();
        endAndSignal(PID, 2);

        assertReports("a 42 2");
    }

    @Test
    void attachedLoopIsClosed_exitIsDroppedWithAWarning() throws Exception {
        started("a", PID);

        loop.close();
        endAndSignal(PID, 2);

        await("a warning", () -> !log.warnings().isEmpty());
        assertThat(log.warnings()).singleElement().asString().contains(loop.name(), "process 42");
        assertThat(reports).isEmpty();
    }
}
