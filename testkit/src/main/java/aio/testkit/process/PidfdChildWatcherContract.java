package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.policy.ChildWatcher;
import aio.policy.EventLoopPolicy;
import aio.process.watcher.ChildReaper;
import aio.process.watcher.PidfdChildWatcher;
import aio.testkit.Asyncio;
import org.junit.jupiter.api.Test;

/** {@link PidfdChildWatcher}: C057 to C069, C071, C078, C079, C081, C082, C087. */
@Asyncio("policy#PidfdChildWatcher")
public abstract class PidfdChildWatcherContract extends AttachedWatcherContract {
    @Override
    final ChildWatcher newWatcher(ChildReaper from) {
        return new PidfdChildWatcher(from);
    }

    @Test
    void c067_reapedElsewhere_is255WithAWarning() throws Exception {
        add(loop, 7777, "a");

        assertReports("a 7777 255");
        assertThat(log.warnings()).singleElement().asString().contains("process 7777", "255");
    }

    @Test
    void c071_notAttached_isActiveWhereALoopRuns() throws Exception {
        ChildWatcher fresh = closingWatcher(newWatcher(reaper));

        assertThat(fresh.isActive()).isFalse();
        assertThat(inside(loop, fresh::isActive)).isTrue();
    }

    @Test
    void c082_notAttached_childOfALoopInASecondThread_isReportedThere() throws Exception {
        EventLoopPolicy policy = newPolicy();
        policy.setChildWatcher(closingWatcher(new PidfdChildWatcher()));
        EventLoops.setEventLoopPolicy(policy);
        EventLoop other = newLoop();

        RecordingSubprocessProtocol child = elsewhere(() -> {
            RecordingSubprocessProtocol started = new RecordingSubprocessProtocol();
            other.runUntilComplete(other.subprocessShell(() -> started, "echo out; exit 8"));
            runUntil(other, "connectionLost", started::isOver);
            return started;
        });

        assertThat(child.text(1)).isEqualTo("out\n");
        assertThat(child.codeAtExit()).hasValue(8);
    }

    @Test
    void noThread_isMade() throws Exception {
        started("a", PID);
        endAndSignal(PID, 0);
        assertReports("a 42 0");

        assertThat(reaper.threads()).isEmpty();
    }
}
