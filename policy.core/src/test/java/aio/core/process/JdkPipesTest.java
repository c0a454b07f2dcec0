package aio.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import aio.core.loop.Loops;
import aio.core.loop.Origin;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.process.SubprocessProtocol;
import aio.process.SubprocessTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where there are no named pipes, those of the JDK serve: all works except for what a grandchild writes late. */
@Timeout(60)
class JdkPipesTest {
    private final NamedPipes none = new NamedPipes();
    private final SharedReaper reaper = new SharedReaper();
    private final ProcessLauncher launcher = new ProcessLauncher(reaper, new ChildPipes(false, none));
    private final EventLoop loop = new Loops(Origin.NONE, launcher).newLoop(null, LoopOptions.defaults());
    private final Recorder child = new Recorder();

    @BeforeEach
    void takeNamedPipesAway() throws InterruptedException {
        assumeFalse(ExitStatus.WINDOWS, "children are made with sh and cat");
        none.close();
        assertThat(none.take()).isNull();
    }

    @AfterEach
    void close() {
        loop.close();
        launcher.close();
        reaper.close();
    }

    @Test
    void dataGoesBothWays_andEnds() {
        start("cat; echo done >&2; exit 3");

        child.transport.writeStdin(ByteBuffer.wrap("word".getBytes(StandardCharsets.US_ASCII)));
        runUntil(() -> child.events.contains("1 word"));
        child.transport.closeStdin();
        runUntil(() -> child.events.contains("over"));

        assertThat(child.events).contains("2 done\n", "lost 0 null", "lost 1 null", "lost 2 null", "exited 3")
                .endsWith("over");
    }

    @Test
    void close_killsTheChild_andEndsTheThreads() {
        start("exec sleep 30");

        child.transport.close();
        runUntil(() -> child.events.contains("over"));

        assertThat(child.events).contains("exited -9");
        awaitNoThread("aio-process-" + child.transport.getPid());
    }

    @Test
    void abortOfAnIdleInput_letsTheChildSeeItsEnd() {
        start("cat; exit 4");

        child.transport.stdin().abort();
        runUntil(() -> child.events.contains("over"));

        assertThat(child.events).contains("lost 0 null", "exited 4");
    }

    private void start(String commandLine) {
        loop.runUntilComplete(loop.subprocessShell(() -> child, commandLine));
    }

    private void runUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            loop.callSoon(loop::stop);
            loop.runForever();
        }
        assertThat(condition.getAsBoolean()).as("what happened: %s", child.events).isTrue();
    }

    private static void awaitNoThread(String prefix) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (isThere(prefix) && System.nanoTime() - end < 0) {
            Thread.yield();
        }
        assertThat(isThere(prefix)).isFalse();
    }

    private static boolean isThere(String prefix) {
        return Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(each -> each.getKey().getName().startsWith(prefix)
                        && each.getValue().length > 0
                        && List.of(each.getValue()).toString().contains("aio.core.process.OutputPipe"));
    }

    /** Records its calls. */
    private static final class Recorder implements SubprocessProtocol {
        private final List<String> events = new ArrayList<>();
        private SubprocessTransport transport;

        @Override
        public void connectionMade(SubprocessTransport made) {
            transport = made;
        }

        @Override
        public void pipeDataReceived(int fd, ByteBuffer data) {
            events.add(fd + " " + StandardCharsets.US_ASCII.decode(data));
        }

        @Override
        public void pipeConnectionLost(int fd, @Nullable Throwable cause) {
            events.add("lost " + fd + " " + cause);
        }

        @Override
        public void processExited() {
            events.add("exited " + transport.getReturncode().orElseThrow());
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            events.add("over");
        }
    }
}
