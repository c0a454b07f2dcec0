package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.process.SubprocessProtocol;
import aio.process.SubprocessTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The core stops while children run: they are killed, their protocols are told, and nothing of them is left behind. */
@Timeout(60)
class ChildrenAtTheEndTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final String FOLDER = "aio-pipes-" + ProcessHandle.current().pid() + "-";
    private static final String GRANDCHILD = "sleep 30 & exec sleep 30";

    private final IllegalStateException stop = new IllegalStateException("the core stops");
    private final SharedReaper reaper = new SharedReaper();
    private final ProcessLauncher launcher = new ProcessLauncher(reaper);
    private final Loops loops = new Loops(Origin.NONE, launcher);
    private final EventLoop loop = loops.newLoop(null, LoopOptions.defaults());
    private long pipesBefore;
    private List<Path> foldersBefore = List.of();

    @BeforeEach
    void count() throws IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES), "open files are counted in /proc");
        pipesBefore = pipes();
        foldersBefore = folders();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        loop.close();
        launcher.close();
        reaper.close();
        await("no pipe is open", () -> pipes() <= pipesBefore);
        await("no thread is left", () -> threads().isEmpty());
        assertThat(folders()).isEqualTo(foldersBefore);
        ProcessHandle.current().descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("sleep 30"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void loopThatRuns_childrenAreKilled_protocolsAreToldInOrder() throws Exception {
        Thread runner = new Thread(loop::runForever, "runner");
        runner.start();
        Recorder one = new Recorder();
        Recorder two = new Recorder();
        loop.subprocessShell(() -> one, GRANDCHILD).join();
        loop.subprocessExec(() -> two, List.of("cat")).join();

        loops.closeAll(stop, STOP_NANOS);
        runner.join();

        for (Recorder child : List.of(one, two)) {
            assertThat(child.events).startsWith("made").endsWith("over the core stops")
                    .contains("lost 0", "lost 1", "lost 2", "exited -9").hasSize(6);
            assertThat(ProcessHandle.of(child.pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
        assertThat(loop.isClosed()).isTrue();
    }

    @Test
    void loopThatDoesNotRun_childrenAreKilled_protocolsAreTold() {
        Recorder child = new Recorder();
        loop.runUntilComplete(loop.subprocessExec(() -> child, List.of("sleep", "30")));

        loops.closeAll(stop, STOP_NANOS);

        assertThat(child.events).startsWith("made").endsWith("over the core stops").contains("exited -9").hasSize(6);
        assertThat(ProcessHandle.of(child.pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void childThatIsOver_isNotToldAgain() {
        Recorder child = new Recorder();
        loop.runUntilComplete(loop.subprocessExec(() -> child, List.of("true")));
        child.transport.closeStdin();
        runUntil(() -> child.events.contains("over null"));

        loops.closeAll(stop, STOP_NANOS);

        assertThat(child.events).hasSize(6).endsWith("over null");
    }

    @Test
    void bundleThatStops_losesItsChildrenOnManagedLoops_othersKeepTheirs() {
        ManagedLoop managed = loops.newManagedLoop("managed");
        Recorder own = new Recorder();
        Recorder other = new Recorder();
        managed.loop().subprocessExec(() -> own, List.of("sleep", "30")).join();
        managed.loop().subprocessExec(() -> other, List.of("sleep", "30")).join();

        int ended = loops.withdraw(user -> user == own, stop, STOP_NANOS);

        assertThat(ended).isEqualTo(1);
        assertThat(own.events).endsWith("over the core stops").contains("exited -9").hasSize(6);
        assertThat(other.events).containsExactly("made");
        managed.end(stop);
        assertThat(other.events).endsWith("over the core stops");
    }

    @Test
    void loopThatItsOwnerClosed_childContinues_untilTheCoreStops() throws Exception {
        Recorder child = new Recorder();
        loop.runUntilComplete(loop.subprocessShell(() -> child, GRANDCHILD));
        loop.close();
        ProcessHandle process = ProcessHandle.of(child.pid).orElseThrow();
        assertThat(process.isAlive()).isTrue();

        loops.closeAll(stop, STOP_NANOS);
        launcher.close();

        process.onExit().get(20, TimeUnit.SECONDS);
    }

    @Test
    void loopClosedWhileAChildStarts_childIsKilled() throws Exception {
        Recorder child = new Recorder();
        loop.subprocessExec(() -> child, List.of("sleep", "31"));
        loop.callSoon(loop::stop);
        loop.runForever(); // the protocol is made, and the start begins beside the loop
        await("the child is there", () -> sleeper().count() == 1);

        loop.close();

        await("the child is killed", () -> sleeper().count() == 0);
        assertThat(child.events).isEmpty();
    }

    private static Stream<ProcessHandle> sleeper() {
        return ProcessHandle.current().children()
                .filter(child -> child.isAlive() && child.info().commandLine().orElse("").endsWith("sleep 31"));
    }

    private void runUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + STOP_NANOS;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            loop.callSoon(loop::stop);
            loop.runForever();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + STOP_NANOS;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.yield();
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    private static long pipes() {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.map(ChildrenAtTheEndTest::target)
                    .filter(target -> target.startsWith("pipe:") || target.contains("aio-pipes-"))
                    .count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("aio-process") || name.startsWith("aio-reaper"))
                .toList();
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(FOLDER)).sorted().toList();
        }
    }

    /** Records its calls. */
    private static final class Recorder implements SubprocessProtocol {
        private final List<String> events = new CopyOnWriteArrayList<>();
        private volatile SubprocessTransport transport;
        private volatile long pid;

        @Override
        public void connectionMade(SubprocessTransport made) {
            transport = made;
            pid = made.getPid();
            events.add("made");
        }

        @Override
        public void pipeConnectionLost(int fd, @Nullable Throwable cause) {
            events.add("lost " + fd);
        }

        @Override
        public void processExited() {
            events.add("exited " + transport.getReturncode().orElseThrow());
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            events.add("over " + (cause == null ? null : cause.getMessage()));
        }
    }
}
