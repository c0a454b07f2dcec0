package aio.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import aio.policy.ChildWatcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The default watcher keeps the written contract: one report, the right code, 255 and a warning for the unknowable. */
@Timeout(60)
class SharedReaperTest {
    private static final int NOTHING_MILLIS = 300;

    private final List<Process> children = new ArrayList<>();
    private final BlockingQueue<Exit> exits = new LinkedBlockingQueue<>();
    private final SharedReaper reaper = new SharedReaper();
    private final ChildWatcher watcher = reaper.newWatcher();
    private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
    private final Logger logger = Logger.getLogger("aio.loop");
    private final Handler capture = new Capture();

    private record Exit(long pid, int returncode) {}

    @BeforeEach
    void unixOnly() {
        assumeFalse(ExitStatus.WINDOWS, "children are made with sh and sleep");
        logger.addHandler(capture);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void killChildren() {
        children.forEach(child -> child.toHandle().destroyForcibly());
        reaper.close();
        logger.removeHandler(capture);
        logger.setUseParentHandlers(true);
    }

    @Test
    void addChildHandler_childExits_isToldOnceWithItsCode() throws Exception {
        Process child = readAndExit(12);
        watcher.addChildHandler(child.pid(), this::told);

        child.getOutputStream().close();

        assertThat(next()).isEqualTo(new Exit(child.pid(), 12));
        assertNothingMore();
    }

    @Test
    void addChildHandler_twoChildren_eachGetsItsOwnCode() throws Exception {
        Process one = readAndExit(1);
        Process two = readAndExit(2);
        watcher.addChildHandler(one.pid(), this::told);
        watcher.addChildHandler(two.pid(), this::told);

        one.getOutputStream().close();
        two.getOutputStream().close();

        assertThat(List.of(next(), next())).containsExactlyInAnyOrder(new Exit(one.pid(), 1), new Exit(two.pid(), 2));
    }

    @Test
    void addChildHandler_twice_secondReplacesFirst() throws Exception {
        Process child = readAndExit(3);
        watcher.addChildHandler(child.pid(), (pid, code) -> told(-1, code));
        watcher.addChildHandler(child.pid(), this::told);

        child.getOutputStream().close();

        assertThat(next()).isEqualTo(new Exit(child.pid(), 3));
        assertNothingMore();
    }

    @Test
    void addChildHandler_childEndedBefore_isTold() throws Exception {
        Process child = start("/bin/sh", "-c", "exit 7");
        child.waitFor();

        watcher.addChildHandler(child.pid(), this::told);

        assertThat(next()).isEqualTo(new Exit(child.pid(), 7));
    }

    @Test
    void addChildHandler_killedFromElsewhere_isMinusSignal() throws Exception {
        Process child = sleeper();
        watcher.addChildHandler(child.pid(), this::told);

        child.toHandle().destroyForcibly();

        assertThat(next()).isEqualTo(new Exit(child.pid(), -9));
    }

    @Test
    void signalled_realTimeSignal_isMinusSignalOnlyIfSent() {
        assertThat(ExitStatus.returncode(128 + 35, ExitStatus.bit(35))).isEqualTo(-35);
        assertThat(ExitStatus.returncode(128 + 35, 0)).isEqualTo(163);
        assertThat(ExitStatus.returncode(128 + 15, 0)).isEqualTo(-15);
        assertThat(ExitStatus.returncode(128 + 64, ExitStatus.bit(64))).isEqualTo(-64);
        assertThat(ExitStatus.returncode(128, ~0L)).isEqualTo(128);
        assertThat(ExitStatus.returncode(255, ~0L)).isEqualTo(255);
    }

    @Test
    void addChildHandler_unknownPid_is255WithWarning() throws Exception {
        watcher.addChildHandler(Integer.MAX_VALUE, this::told);

        assertThat(next()).isEqualTo(new Exit(Integer.MAX_VALUE, 255));
        assertThat(warnings.poll(10, TimeUnit.SECONDS)).contains("process " + Integer.MAX_VALUE, "unknown", "255");
    }

    @Test
    void addChildHandler_negativePid_is255WithWarning() throws Exception {
        watcher.addChildHandler(-1, this::told);

        assertThat(next()).isEqualTo(new Exit(-1, 255));
        assertThat(warnings.poll(10, TimeUnit.SECONDS)).contains("process -1");
    }

    @Test
    void addChildHandler_foreignLiveProcess_is255WhenItEnds() throws Exception {
        Process foreign = new ProcessBuilder("sleep", "30").start();
        children.add(foreign);
        watcher.addChildHandler(foreign.pid(), this::told);
        assertNothingMore();

        foreign.toHandle().destroyForcibly();

        assertThat(next()).isEqualTo(new Exit(foreign.pid(), 255));
        assertThat(warnings.poll(10, TimeUnit.SECONDS)).contains("not started by a loop");
    }

    @Test
    void addChildHandler_thisJvm_isRefused() {
        long self = ProcessHandle.current().pid();

        assertThatThrownBy(() -> watcher.addChildHandler(self, this::told))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("process " + self);
    }

    @Test
    void addChildHandler_callbackThrows_othersAreTold() throws Exception {
        Process bad = start("/bin/sh", "-c", "exit 1");
        bad.waitFor();
        watcher.addChildHandler(bad.pid(), (pid, code) -> {
            throw new IllegalArgumentException("thrown by the test");
        });
        Process good = start("/bin/sh", "-c", "exit 2");
        watcher.addChildHandler(good.pid(), this::told);

        assertThat(next()).isEqualTo(new Exit(good.pid(), 2));
        assertThat(warnings.poll(10, TimeUnit.SECONDS)).contains("process " + bad.pid());
    }

    @Test
    void addChildHandler_callbackBlocks_jdkThreadsAreFree() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try {
            Process blocking = start("/bin/sh", "-c", "exit 1");
            watcher.addChildHandler(blocking.pid(), (pid, code) -> {
                blocked.countDown();
                awaitQuietly(release);
            });
            assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();

            BlockingQueue<Exit> owner = new LinkedBlockingQueue<>();
            Process child = new ProcessBuilder("/bin/sh", "-c", "exit 4").start();
            children.add(child);
            reaper.register(child, (pid, code) -> owner.add(new Exit(pid, code))).run();

            assertThat(owner.poll(20, TimeUnit.SECONDS)).isEqualTo(new Exit(child.pid(), 4));
        } finally {
            release.countDown();
        }
    }

    @Test
    void removeChildHandler_returnsTrueThenFalse_othersAreTold() throws Exception {
        Process removed = readAndExit(1);
        Process kept = readAndExit(2);
        watcher.addChildHandler(removed.pid(), this::told);
        watcher.addChildHandler(kept.pid(), this::told);

        assertThat(watcher.removeChildHandler(removed.pid())).isTrue();
        assertThat(watcher.removeChildHandler(removed.pid())).isFalse();
        removed.getOutputStream().close();
        removed.waitFor();
        kept.getOutputStream().close();

        assertThat(next()).isEqualTo(new Exit(kept.pid(), 2));
        assertNothingMore();
    }

    @Test
    void twoWatchers_sameChild_bothAreTold() throws Exception {
        ChildWatcher second = reaper.newWatcher();
        Process child = readAndExit(5);
        watcher.addChildHandler(child.pid(), this::told);
        second.addChildHandler(child.pid(), this::told);

        child.getOutputStream().close();

        assertThat(List.of(next(), next())).containsOnly(new Exit(child.pid(), 5));
    }

    @Test
    void close_forgetsHandlersAndEndsActivity() throws Exception {
        Process child = readAndExit(6);
        watcher.addChildHandler(child.pid(), this::told);
        assertThat(watcher.isActive()).isTrue();
        watcher.attachLoop(null);
        assertThat(watcher.isActive()).isTrue();

        watcher.close();
        watcher.close();
        child.getOutputStream().close();

        assertThat(watcher.isActive()).isFalse();
        assertThat(watcher.removeChildHandler(child.pid())).isFalse();
        assertThatThrownBy(() -> watcher.addChildHandler(child.pid(), this::told))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertNothingMore();
    }

    @Test
    void close_ofReaper_deactivatesWatchers() {
        reaper.close();

        assertThat(watcher.isActive()).isFalse();
        assertThat(reaper.newWatcher().isActive()).isFalse();
    }

    @Test
    void register_manyQuickChildren_noneIsLost() throws Exception {
        List<Exit> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Process child = start("/bin/sh", "-c", "exit " + i);
            watcher.addChildHandler(child.pid(), this::told);
            expected.add(new Exit(child.pid(), i));
        }

        List<Exit> seen = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            seen.add(next());
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void register_childOutlivesTheWait_ownerIsTold() throws Exception {
        Process child = unregistered("sleep", "30");

        reaper.register(child, this::told).run();
        assertNothingMore();
        child.toHandle().destroyForcibly();

        assertThat(next()).isEqualTo(new Exit(child.pid(), -9));
    }

    @Test
    void register_threadInterrupted_ownerIsToldAndInterruptKept() throws Exception {
        Process child = unregistered("sleep", "30");

        Thread.currentThread().interrupt();
        reaper.register(child, this::told).run();
        assertThat(Thread.interrupted()).isTrue();
        child.toHandle().destroyForcibly();

        assertThat(next()).isEqualTo(new Exit(child.pid(), -9));
    }

    @Test
    void register_ownerFails_isReportedAndWatchersAreTold() throws Exception {
        Process child = unregistered("/bin/sh", "-c", "exit 9");
        Runnable waiting = reaper.register(child, (pid, code) -> {
            throw new IllegalArgumentException("thrown by the test");
        });
        watcher.addChildHandler(child.pid(), this::told);

        waiting.run();

        assertThat(next()).isEqualTo(new Exit(child.pid(), 9));
        assertThat(reaper.await(child.pid())).isEqualTo(9);
        assertThat(warnings.poll(10, TimeUnit.SECONDS)).contains("process " + child.pid(), "return code 9");
    }

    private void told(long pid, int returncode) {
        exits.add(new Exit(pid, returncode));
    }

    private Exit next() throws InterruptedException {
        Exit exit = exits.poll(30, TimeUnit.SECONDS);
        assertThat(exit).as("an exit that is reported").isNotNull();
        return exit;
    }

    private void assertNothingMore() throws InterruptedException {
        assertThat(exits.poll(NOTHING_MILLIS, TimeUnit.MILLISECONDS)).isNull();
    }

    private Process sleeper() throws IOException {
        return start("sleep", "30");
    }

    /** A child that waits for the end of its input. */
    private Process readAndExit(int code) throws IOException {
        return start("/bin/sh", "-c", "read line; exit " + code);
    }

    private Process start(String... command) throws IOException {
        Process child = unregistered(command);
        reaper.register(child);
        return child;
    }

    private Process unregistered(String... command) throws IOException {
        Process child = new ProcessBuilder(command).start();
        children.add(child);
        return child;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Capture extends Handler {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
