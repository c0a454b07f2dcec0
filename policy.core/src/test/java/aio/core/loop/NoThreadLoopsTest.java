package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.kernel.SleepingDriver;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.core.thread.NoThreads;
import aio.core.thread.Starts;
import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.loop.LoopOptions;
import aio.process.ProcessSignal;
import aio.process.SubprocessProtocol;
import aio.process.SubprocessTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The system has no thread left: loops, children and work beside the loops wait for one, and nothing is lost. */
@Timeout(60)
class NoThreadLoopsTest {
    private final SleepingDriver before = new SleepingDriver("before");
    private final SleepingDriver after = new SleepingDriver("after");
    private final ProcessLauncher launcher = new ProcessLauncher(new SharedReaper());
    private final Loops loops = new Loops(Origin.NONE, launcher);
    private final EventLoop loop = loops.newLoop(before, LoopOptions.defaults().withFollowing(true));
    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final Logger logger = Logger.getLogger("aio.loop");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void close() {
        logger.removeHandler(handler);
        loops.closeAll(new IllegalStateException("the test ends"), TimeUnit.SECONDS.toNanos(10));
        launcher.close();
    }

    @Test
    void theWatchBeginsWhatIsKept_andSaysWhatIsMissing() throws Exception {
        NoThreads.calm();
        CompletableFuture<String> ran = new CompletableFuture<>();
        try (NoThreads none = new NoThreads()) {
            ManagedLoop managed = loops.newManagedLoop("late");
            managed.loop().callSoonThreadsafe(() -> ran.complete(Thread.currentThread().getName()));
            awaitLine("no thread left");
            assertThat(ran).isNotDone();
        }
        assertThat(ran.get(20, TimeUnit.SECONDS)).as("nothing else has happened").isEqualTo("aio-loop-late");
        awaitLine("has threads again");
    }

    private void awaitLine(String part) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (logged.stream().noneMatch(line -> line.contains(part))) {
            assertThat(System.nanoTime()).as("waited in vain for '%s'", part).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void anIdleLoopFollows_later() {
        try (NoThreads none = new NoThreads()) {
            Round round = loops.want(after, List.of(), List.of(after), List.of());
            round.await(0);
            assertThat(round.late()).hasSize(1);
            assertThat(none.refused()).isPositive();
        }
        NoThreads.until(() -> ((CoreLoop) loop).kernel().seat().factory() == after);
    }

    @Test
    void anIdleLoopEnds_later() {
        try (NoThreads none = new NoThreads()) {
            loops.closeAll(new IllegalStateException("the core stops"), 0);
            assertThat(loop.isClosed()).isFalse();
        }
        NoThreads.until(loop::isClosed);
    }

    @Test
    void workInTheExecutor_isDoneLater_andItsShutdownToo() {
        LoopFuture<Integer> result;
        LoopFuture<Void> over;
        try (NoThreads none = new NoThreads()) {
            result = loop.runInExecutor(() -> 42);
            over = loop.shutdownDefaultExecutor();
            assertThat(none.refused()).isEqualTo(2);
        }
        assertThat(loop.runUntilComplete(result)).isEqualTo(42);
        loop.runUntilComplete(over);
    }

    @Test
    void aChild_isStartedLater_andGetsItsSignals_later() throws Exception {
        Told told = new Told();
        try (NoThreads none = new NoThreads()) {
            loop.subprocessShell(() -> told,
                    "trap : USR1; trap 'exit 7' USR2; echo ready; while :; do sleep 0.01; done");
            runUntilRefused(none, 1);
        }
        runUntil(told.ready);
        SubprocessTransport transport = told.transport;
        try (NoThreads none = new NoThreads()) {
            Starts.begin("test-kept", () -> {}); // a lack of threads is known
            transport.sendSignal(ProcessSignal.USR1);
            transport.sendSignal(ProcessSignal.USR2);
            runUntilRefused(none, 1);
            assertThat(told.exit).isNotDone();
        }
        assertThat(runUntil(told.exit)).isEqualTo(7);
    }

    @Test
    void aChildThatCouldNotBeWaitedFor_isNotStarted() throws Exception {
        Told told = new Told();
        loop.subprocessShell(() -> told, "echo ready; exit 3");
        assertThat(runUntil(told.exit)).isEqualTo(3); // leaves idle threads of the launcher
        LoopFuture<?> start;
        try (NoThreads none = new NoThreads()) {
            Starts.begin("test-kept", () -> {}); // a lack of threads is known
            start = loop.subprocessShell(Told::new, "sleep 30");
            NoThreads.until(() -> {
                turn();
                return start.isDone();
            });
        }
        assertThat(start.exception()).isInstanceOf(IOException.class).hasMessageContainingAll("no thread", "ulimit -u");
        assertThat(ProcessHandle.current().children())
                .noneMatch(child -> child.info().commandLine().orElse("").contains("sleep 30"));
    }

    private <T> T runUntil(CompletableFuture<T> done) throws Exception {
        NoThreads.until(() -> {
            turn();
            return done.isDone();
        });
        return done.get();
    }

    private void runUntilRefused(NoThreads none, int count) {
        NoThreads.until(() -> {
            turn();
            return none.refused() >= count;
        });
    }

    private void turn() {
        loop.callSoon(loop::stop);
        loop.runForever();
    }

    /** Tells when the child is ready, and how it has ended. */
    private static final class Told implements SubprocessProtocol {
        private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private volatile SubprocessTransport transport;

        @Override
        public void connectionMade(SubprocessTransport made) {
            transport = made;
        }

        @Override
        public void pipeDataReceived(int fd, ByteBuffer data) {
            data.position(data.limit());
            ready.complete(true);
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            exit.complete(transport.getReturncode().orElseThrow());
        }
    }
}
