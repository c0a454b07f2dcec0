package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import aio.policy.ChildWatcher;
import aio.process.watcher.ChildReaper;
import aio.process.watcher.MultiLoopChildWatcher;
import aio.testkit.Asyncio;
import org.junit.jupiter.api.Test;

/** {@link MultiLoopChildWatcher}: C059 to C067, C069, C071, C078, C083, C085. */
@Asyncio("policy#MultiLoopChildWatcher")
public abstract class MultiLoopChildWatcherContract extends WatcherContract {
    @Override
    final ChildWatcher newWatcher(ChildReaper from) {
        return new MultiLoopChildWatcher(from);
    }

    @Test
    void c066_errorsWhilePolling_areLogged_notThrown() throws Exception {
        started("a", PID);

        reaper.failWith(new IllegalStateException("thrown by the test"));
        endAndSignal(PID, 8);
        assertThat(log.errors()).singleElement().asString().contains("process 42");
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
    void c071_isActive_fromTheFirstAttachUntilClose() {
        ChildWatcher fresh = closingWatcher(newWatcher(reaper));
        assertThat(fresh.isActive()).isFalse();

        fresh.attachLoop(null);
        assertThat(fresh.isActive()).isTrue();
        fresh.close();
        fresh.close();
        assertThat(fresh.isActive()).isFalse();
    }

    @Test
    void c083_fresh_listensToNothing_firstAttachListens_secondIsNothing_closeEndsIt() throws Exception {
        watcher.close();
        ChildWatcher fresh = closingWatcher(newWatcher(reaper));
        assertThat(reaper.listeners()).isZero();

        fresh.attachLoop(loop);
        fresh.attachLoop(null);
        fresh.attachLoop(newLoop());
        assertThat(reaper.listeners()).isEqualTo(1);
        fresh.close();

        assertThat(reaper.listeners()).isZero();
    }

    @Test
    void c069_close_forgetsHandlers() throws Exception {
        started("a", PID);

        watcher.close();
        endAndSignal(PID, 1);
        runTurns(loop, 3);

        assertThat(reports).isEmpty();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void c085_reportsOnTheLoopThatRegistered() throws Exception {
        EventLoop other = newLoop();
        reaper.start(70);
        add(other, 70, "other");
        started("own", 71);

        reaper.end(70, 1);
        reaper.end(71, 2);
        reaper.signal();
        runTurns(loop, 3);
        assertThat(reports).containsExactly("own 71 2");
        runTurns(other, 3);

        assertThat(reports).containsExactly("own 71 2", "other 70 1");
    }

    @Test
    void c085_registeringLoopClosed_isDroppedWithAWarning() throws Exception {
        started("a", PID);

        loop.close();
        endAndSignal(PID, 1);

        assertThat(log.warnings()).singleElement().asString().contains(loop.name(), "process 42", "is closed");
        assertThat(reports).isEmpty();
    }

    @Test
    void needsARunningLoop_andAnAttachment() throws Exception {
        assertThatThrownBy(() -> watcher.addChildHandler(PID, reporting("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no running event loop");
        ChildWatcher fresh = closingWatcher(newWatcher(reaper));
        assertThatThrownBy(() -> inside(loop, () -> {
                    fresh.addChildHandler(PID, reporting("a"));
                    return null;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not have a loop attached");
    }
}
