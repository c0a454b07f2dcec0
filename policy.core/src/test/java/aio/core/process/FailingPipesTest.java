package aio.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import aio.core.kernel.Kernel;
import aio.core.kernel.Wants;
import aio.core.loop.Loops;
import aio.core.loop.Origin;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.process.SubprocessProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pipe of a child ends and is told, whatever its channel throws: there may be no memory for a buffer of the JDK. */
@Timeout(60)
class FailingPipesTest {
    private final SharedReaper reaper = new SharedReaper();
    private final ProcessLauncher launcher = new ProcessLauncher(reaper);
    private final EventLoop loop = new Loops(Origin.NONE, launcher).newLoop(null, LoopOptions.defaults());
    private final Map<Integer, Throwable> lost = new HashMap<>();
    private Process process;

    @BeforeEach
    void start() throws IOException {
        assumeFalse(ExitStatus.WINDOWS, "the child is sleep");
        process = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.close();
        launcher.close();
        reaper.close();
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** A channel that throws, until it is closed. */
    private static class Failing implements WritableByteChannel, ReadableByteChannel {
        private final String type;
        private volatile boolean closed;

        Failing(String type) {
            this.type = type;
        }

        private int fail() {
            if (type.equals("Error")) {
                throw new OutOfMemoryError("planted");
            }
            throw new IllegalStateException("planted");
        }

        @Override
        public int write(ByteBuffer source) {
            return fail();
        }

        @Override
        public int read(ByteBuffer target) {
            return fail();
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Error", "RuntimeException"})
    void aPipeThatFails_isClosed_andToldWithItsCause(String type) throws IOException {
        Failing stdin = new Failing(type);
        Failing stdout = new Failing(type);
        SubprocessProtocol protocol = new SubprocessProtocol() {
            @Override
            public void pipeConnectionLost(int fd, @Nullable Throwable cause) {
                lost.put(fd, cause);
            }
        };
        Kernel kernel = new Kernel(loop, "child", null, new Wants(), true, true, null);
        ChildTransport child =
                new ChildTransport(launcher, kernel, protocol, new Child(process, stdin, stdout, null));
        loop.callSoon(child::connect);
        loop.callSoon(child::startReading);
        loop.callSoon(() -> child.writeStdin(ByteBuffer.allocate(10)));
        while (lost.size() < 2) {
            assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
            loop.callSoon(loop::stop);
            loop.runForever();
        }
        assertThat(lost).containsOnlyKeys(0, 1).allSatisfy((fd, cause) -> assertThat(cause)
                .isInstanceOf(IOException.class).hasMessageContaining("planted").hasCauseInstanceOf(Throwable.class));
        assertThat(stdin.isOpen()).isFalse();
        assertThat(stdout.isOpen()).isFalse();
        kernel.close();
    }
}
