package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.policy.ChildWatcher;
import aio.policy.EventLoopPolicy;
import aio.process.watcher.ChildReaper;
import aio.process.watcher.ThreadedChildWatcher;
import aio.testkit.Asyncio;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** {@link ThreadedChildWatcher}: C059 to C065, C067, C071, C073 to C078. */
@Asyncio("policy#ThreadedChildWatcher")
public abstract class ThreadedChildWatcherContract extends WatcherContract {
    @Override
    final ChildWatcher newWatcher(ChildReaper from) {
        return new ThreadedChildWatcher(from);
    }

    @Test
    void c067_unknownProcess_is255WithAWarning() throws Exception {
        add(loop, 7777, "a");

        assertReports("a 7777 255");
        await("the warning of the thread that has reported", () -> !log.warnings().isEmpty());
        assertThat(log.warnings()).singleElement().asString().contains("process 7777", "255");
    }

    @Test
    void c067_reapedElsewhere_is255WithAWarning() throws Exception {
        started("a", PID);

        reaper.reapElsewhere(PID);

        assertReports("a 42 255");
        await("the warning of the thread that has reported", () -> !log.warnings().isEmpty());
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void c071_isAlwaysActive() {
        ChildWatcher fresh = newWatcher(reaper);

        assertThat(fresh.isActive()).isTrue();
        fresh.close();
        assertThat(fresh.isActive()).isTrue();
    }

    @Test
    void c073_needsARunningLoopInTheThreadThatRegisters() {
        reaper.start(PID);

        assertThatThrownBy(() -> watcher.addChildHandler(PID, reporting("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no running event loop")
                .hasMessageContaining(Thread.currentThread().getName());
        assertThat(reaper.threads()).isEmpty();
    }

    @Test
    void c074_worksOffTheMainThread_withoutALoopThere() throws Exception {
        EventLoopPolicy policy = newPolicy();
        policy.setChildWatcher(new ThreadedChildWatcher());
        EventLoops.setEventLoopPolicy(policy);
        EventLoop other = newLoop();
        AtomicReference<Thread> runner = new AtomicReference<>();

        RecordingSubprocessProtocol child = elsewhere(() -> {
            runner.set(Thread.currentThread());
            RecordingSubprocessProtocol started = new RecordingSubprocessProtocol();
            other.runUntilComplete(other.subprocessShell(() -> started, "exit 8"));
            runUntil(other, "connectionLost", started::isOver);
            return started;
        });

        assertThat(child.codeAtExit()).hasValue(8);
        assertThat(child.threads()).containsExactly(runner.get());
    }

    @Test
    void c075_loopClosedFirst_isDroppedWithAWarningThatNamesLoopAndProcess() throws Exception {
        started("a", PID);

        loop.close();
        reaper.end(PID, 3);

        await("a warning", () -> !log.warnings().isEmpty());
        assertThat(log.warnings()).singleElement().asString().contains(loop.name(), "process 42", "is closed");
        assertThat(log.errors()).isEmpty();
        assertThat(reports).isEmpty();
    }

    @Test
    void c077_attachAndClose_doNothing_theReportStillComes() throws Exception {
        started("a", PID);

        watcher.attachLoop(null);
        watcher.close();
        reaper.end(PID, 5);

        assertReports("a 42 5");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void withoutAThread_theRegistrationFails_andTheNextOneWorks() throws Exception {
        reaper.start(PID);
        reaper.threadless(true);
        assertThatThrownBy(() -> add(loop, PID, "a")).hasStackTraceContaining("unable to create native thread");

        reaper.threadless(false);
        add(loop, PID, "b");
        reaper.end(PID, 3);
        assertReports("b 42 3");
    }

    @Test
    void eachChild_hasOneThread_ofItsOwnName() throws Exception {
        started("a", 60);
        started("b", 61);
        add(loop, 61, "b again");

        assertThat(reaper.threads()).hasSize(2).doesNotHaveDuplicates()
                .allMatch(name -> name.matches("aio-waitpid-\\d+"));
        reaper.end(60, 0);
        reaper.end(61, 0);
        runUntil(loop, "both", () -> reports.size() == 2);
        assertThat(reports).containsExactlyInAnyOrder("a 60 0", "b again 61 0");
    }
}
