package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import aio.loop.LoopFuture;
import aio.process.ChildProcess;
import aio.testkit.LoopContract;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Helpers of the suites that start children: programs of Unix, none of which is left behind. */
abstract class SubprocessBase extends LoopContract {
    private final List<ProcessHandle> children = new ArrayList<>();

    @BeforeEach
    final void unixOnly() {
        assumeFalse(
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows"),
                "the children are programs of Unix");
    }

    @AfterEach
    final void killChildren() {
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** Starts a program and runs the loop until it has started. */
    final RecordingSubprocessProtocol exec(String... command) {
        return connected(loop.subprocessExec(RecordingSubprocessProtocol::new, List.of(command)));
    }

    /** Starts a command line and runs the loop until it has started. */
    final RecordingSubprocessProtocol shell(String commandLine) {
        return connected(loop.subprocessShell(RecordingSubprocessProtocol::new, commandLine));
    }

    /** Starts a script that prints {@code ready} first, and runs the loop until that has come. */
    final RecordingSubprocessProtocol readyShell(String commandLine) {
        RecordingSubprocessProtocol child = shell(commandLine);
        runUntil(loop, "the child is ready", () -> child.text(1).contains("ready\n"));
        return child;
    }

    final void runUntilOver(RecordingSubprocessProtocol child) {
        runUntil(loop, "connectionLost", child::isOver);
    }

    /** Kills a process after the test, if it is still alive. */
    final ProcessHandle killAfterwards(long pid) {
        ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
        if (handle != null) {
            children.add(handle);
        }
        return handle;
    }

    static void assertEnds(ProcessHandle process) throws Exception {
        process.onExit().get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(process.isAlive()).isFalse();
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Runs the loop until a child has started. */
    final RecordingSubprocessProtocol connected(LoopFuture<ChildProcess<RecordingSubprocessProtocol>> start) {
        ChildProcess<RecordingSubprocessProtocol> made = loop.runUntilComplete(start);
        assertThat(made).isNotNull();
        assertThat(made.protocol().transport()).isSameAs(made.transport());
        killAfterwards(made.transport().getPid());
        return made.protocol();
    }
}
