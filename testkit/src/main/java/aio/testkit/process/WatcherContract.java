package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.policy.ChildWatcher;
import aio.policy.EventLoopPolicy;
import aio.process.watcher.ChildReaper;
import aio.testkit.Asyncio;
import aio.testkit.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all five watchers guarantee: one report with the right code, on a loop; the last registration counts. */
@Asyncio("policy#AbstractChildWatcher.add_child_handler")
abstract class WatcherContract extends SubprocessBase {
    static final long PID = 42;

    final ScriptedReaper reaper = new ScriptedReaper();
    final List<String> reports = new CopyOnWriteArrayList<>();
    final List<Thread> reportThreads = new CopyOnWriteArrayList<>();
    private final List<ChildWatcher> made = new ArrayList<>();
    ChildWatcher watcher;
    LogCapture log;

    /** Returns a new watcher of the kind under test. */
    abstract ChildWatcher newWatcher(ChildReaper from);

    @BeforeEach
    final void makeWatcher() {
        log = LogCapture.start();
        watcher = closingWatcher(newWatcher(reaper));
        watcher.attachLoop(loop);
    }

    @AfterEach
    final void closeWatchers() {
        made.forEach(ChildWatcher::close);
        log.close();
    }

    final ChildWatcher closingWatcher(ChildWatcher one) {
        made.add(one);
        return one;
    }

    /** Registers a child as every watcher needs it: on a running loop, inside the context. */
    final void add(EventLoop on, long pid, String name) throws Exception {
        inside(on, () -> {
            try (ChildWatcher.Scope scope = watcher.enter()) {
                watcher.addChildHandler(pid, reporting(name));
            }
            return null;
        });
    }

    final ChildWatcher.ExitCallback reporting(String name) {
        return (pid, code) -> {
            reportThreads.add(Thread.currentThread());
            reports.add(name + " " + pid + " " + code);
        };
    }

    final void started(String name, long pid) throws Exception {
        reaper.start(pid);
        add(loop, pid, name);
    }

    final void endAndSignal(long pid, int code) {
        reaper.end(pid, code);
        reaper.signal();
    }

    final void assertReports(String... expected) {
        runUntil(loop, "reports " + List.of(expected), () -> reports.size() >= expected.length);
        runTurns(loop, 3);
        assertThat(reports).containsExactly(expected);
    }

    @Test
    void c059_exit_isReportedOnce_onTheLoop() throws Exception {
        started("a", PID);

        reaper.signal();
        runTurns(loop, 3);
        assertThat(reports).isEmpty();
        endAndSignal(PID, 12);
        assertReports("a 42 12");
        reaper.signal();
        endAndSignal(PID, 13);
        runTurns(loop, 3);

        assertThat(reports).containsExactly("a 42 12");
        assertThat(reportThreads).containsOnly(Thread.currentThread());
        assertThat(log.warnings()).allMatch(line -> line.contains("unknown pid"));
    }

    @Test
    void c061_coalescedExits_areBothReported() throws Exception {
        started("a", 43);
        started("b", 44);

        reaper.end(43, 7);
        reaper.end(44, -9);
        reaper.signal();
        runUntil(loop, "both", () -> reports.size() == 2);

        assertThat(reports).containsExactlyInAnyOrder("a 43 7", "b 44 -9");
    }

    @Test
    void c062_deathBeforeRegistration_isReported() throws Exception {
        reaper.start(PID);

        inside(loop, () -> {
            try (ChildWatcher.Scope scope = watcher.enter()) {
                endAndSignal(PID, 7);
                watcher.addChildHandler(PID, reporting("late"));
            }
            return null;
        });

        assertReports("late 42 7");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void c063_c078_secondRegistration_replacesTheFirst_andGetsTheTrueCode() throws Exception {
        started("first", PID);
        add(loop, PID, "second");

        endAndSignal(PID, 9);

        assertReports("second 42 9");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    @Asyncio("policy#AbstractChildWatcher.remove_child_handler")
    void c065_remove_returnsTrueThenFalse_othersStillWork() throws Exception {
        started("a", 52);
        started("b", 53);

        assertThat(watcher.removeChildHandler(52)).isTrue();
        assertThat(watcher.removeChildHandler(52)).isFalse();
        assertThat(watcher.removeChildHandler(99)).isFalse();
        reaper.end(52, 1);
        reaper.end(53, 2);
        reaper.signal();

        assertReports("b 53 2");
    }

    @Test
    @Asyncio("policy#AbstractChildWatcher.remove_child_handler")
    void removedAndRegisteredAgain_isReported() throws Exception {
        started("a", PID);
        watcher.removeChildHandler(PID);
        add(loop, PID, "again");

        endAndSignal(PID, 3);

        assertReports("again 42 3");
    }

    @Test
    void callbackThatThrows_goesToTheExceptionHandler_othersAreCalled() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        loop.setExceptionHandler((on, context) -> failures.add(context.exception()));
        IllegalStateException thrown = new IllegalStateException("thrown by the test");
        reaper.start(60);
        inside(loop, () -> {
            try (ChildWatcher.Scope scope = watcher.enter()) {
                watcher.addChildHandler(60, (pid, code) -> {
                    throw thrown;
                });
            }
            return null;
        });
        started("b", 61);

        endAndSignal(60, 0);
        endAndSignal(61, 0);

        assertReports("b 61 0");
        runUntil(loop, "the failure", () -> !failures.isEmpty());
        assertThat(failures).containsExactly(thrown);
    }

    @Test
    void nullCallback_isRefused() {
        assertThatThrownBy(() -> watcher.addChildHandler(PID, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("callback");
    }

    @Test
    void realChildren_ofAUser_areReported_killedOnesAsSignal() throws Exception {
        watcher = closingWatcher(newWatcher(ChildReaper.ofCore()));
        watcher.attachLoop(loop);
        List<Process> children = new ArrayList<>();
        inside(loop, () -> {
            try (ChildWatcher.Scope scope = watcher.enter()) {
                for (String command : List.of("exit 5", "read line")) {
                    Process child = new ProcessBuilder("/bin/sh", "-c", command).start();
                    killAfterwards(child.pid());
                    ChildReaper.ofCore().register(child);
                    watcher.addChildHandler(child.pid(), (pid, code) -> reports.add("code " + code));
                    children.add(child);
                }
            }
            return null;
        });

        children.get(1).toHandle().destroyForcibly();
        runUntil(loop, "both", () -> reports.size() == 2);

        assertThat(reports).containsExactlyInAnyOrder("code 5", "code -9");
    }

    @Test
    @Asyncio("policy#set_child_watcher")
    void setOnThePolicy_loopsAskIt_manyChildren_noneIsLost() throws Exception {
        EventLoopPolicy policy = newPolicy();
        watcher = closingWatcher(newWatcher(ChildReaper.ofCore()));
        policy.setChildWatcher(watcher);
        EventLoops.setEventLoopPolicy(policy);
        watcher.attachLoop(loop);
        List<RecordingSubprocessProtocol> children = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            RecordingSubprocessProtocol child = new RecordingSubprocessProtocol();
            children.add(child);
            loop.subprocessShell(() -> child, "exit " + i);
        }

        runUntil(loop, "all are over", () -> children.stream().allMatch(RecordingSubprocessProtocol::isOver));

        for (int i = 0; i < children.size(); i++) {
            assertThat(children.get(i).codeAtExit()).hasValue(i);
        }
        assertThat(log.warnings()).isEmpty();
    }
}
