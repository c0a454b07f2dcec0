package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.ChildWatcher;
import aio.process.watcher.ChildReaper;
import aio.process.watcher.FastChildWatcher;
import aio.testkit.Asyncio;
import org.junit.jupiter.api.Test;

/** {@link FastChildWatcher}: C055 to C071, C078, C079, C081, C087. */
@Asyncio("policy#FastChildWatcher")
public abstract class FastChildWatcherContract extends AttachedWatcherContract {
    @Override
    final ChildWatcher newWatcher(ChildReaper from) {
        return new FastChildWatcher(from);
    }

    @Test
    void c055_attach_listensOnce_detachEndsIt() {
        watcher.attachLoop(newLoop());
        assertThat(reaper.listeners()).isEqualTo(1);

        watcher.attachLoop(null);

        assertThat(reaper.listeners()).isZero();
    }

    @Test
    void c066_errorsWhilePolling_areLogged_notThrown() throws Exception {
        started("a", PID);

        reaper.failWith(new IllegalStateException("thrown by the test"));
        watcher.attachLoop(loop);
        assertThat(log.errors()).singleElement().asString().contains("process 42");
        reaper.failWith(null);
        endAndSignal(PID, 8);

        assertReports("a 42 8");
    }

    @Test
    void c067_reapedElsewhere_theCallbackNeverComes() throws Exception {
        started("a", PID);

        reaper.reapElsewhere(PID);
        reaper.signal();
        watcher.attachLoop(loop);
        runTurns(loop, 3);

        assertThat(reports).isEmpty();
    }

    @Test
    void c070_registeringOutsideTheContext_isAnError() {
        reaper.start(PID);

        assertThatThrownBy(() -> watcher.addChildHandler(PID, reporting("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Must use the context manager");
        watcher.enter().close();
        assertThatThrownBy(() -> watcher.addChildHandler(PID, reporting("a")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void unknownExits_areKeptUntilTheLastContextIsLeft_andLoggedThen() {
        ChildWatcher.Scope outer = watcher.enter();
        ChildWatcher.Scope inner = watcher.enter();
        endAndSignal(591, 7);
        inner.close();
        inner.close();
        assertThat(log.warnings()).isEmpty();

        watcher.addChildHandler(591, reporting("claimed"));
        endAndSignal(592, 3);
        outer.close();

        assertThat(log.warnings()).singleElement().asString().contains("unknown pids", "592=3");
        assertReports("claimed 591 7");
    }

    @Test
    void unknownExit_outsideAContext_isLoggedAtOnce() {
        endAndSignal(593, 3);

        assertThat(log.warnings()).singleElement().asString().contains("unknown pid", "process 593", "return code 3");
    }

    @Test
    void c069_close_forgetsUnclaimedExits() throws Exception {
        ChildWatcher.Scope scope = watcher.enter();
        endAndSignal(594, 3);

        watcher.close();
        scope.close();

        assertThat(log.warnings()).isEmpty();
    }
}
