package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.loop.EventLoop;
import aio.process.ChildStream;
import aio.process.SubprocessOptions;
import aio.testkit.Asyncio;
import aio.transport.ReadTransport;
import aio.transport.WriteTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the streams of children lead, and the transports of their pipes: C251 to C267. */
@Asyncio("eventloop#loop.subprocess_exec")
public abstract class SubprocessPipesContract extends SubprocessBase {
    private static final int BROKEN_PIPE = 13;
    private static final SubprocessOptions DEFAULTS = SubprocessOptions.defaults();
    private static final Duration MANY = Duration.ofSeconds(50);

    @TempDir
    Path folder;

    @Test
    @Asyncio("protocol#SubprocessTransport.get_pipe_transport")
    void c251_c259_inheritedStreams_haveNoTransport_andNoEvents() {
        RecordingSubprocessProtocol child = shell("exit 7", DEFAULTS
                .withStdin(ChildStream.INHERIT)
                .withStdout(ChildStream.INHERIT)
                .withStderr(ChildStream.INHERIT));

        runUntilOver(child);
        child.transport().close();

        assertThat(child.events()).containsExactly("made", "exited", "lost");
        assertThat(child.codeAtExit()).hasValue(7);
        for (int fd = -1; fd < 4; fd++) {
            assertThat(child.transport().getPipeTransport(fd)).as("fd " + fd).isNull();
        }
        assertThat(child.transport().stdin()).isNull();
        child.transport().closeStdin();
        assertThatThrownBy(() -> child.transport().writeStdin(bytes("x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not a pipe");
    }

    @Test
    void c253_standardErrorToStandardOutput_comesOnOne() {
        RecordingSubprocessProtocol child =
                shell("echo out; echo err >&2", DEFAULTS.withStderr(ChildStream.STDOUT));

        runUntilOver(child);

        assertThat(child.text(1)).isEqualTo("out\nerr\n");
        assertThat(child.transport().getPipeTransport(2)).isNull();
        assertThat(child.events()).contains("lost 1").doesNotContain("lost 2", "data 2");
    }

    @Test
    @Asyncio("protocol#SubprocessProtocol.pipe_connection_lost")
    void c254_closingOurEndOfStandardOutput_breaksThePipeOfTheChild() {
        RecordingSubprocessProtocol child = exec("yes");
        runUntil(loop, "output", () -> !child.text(1).isEmpty());

        ReadTransport out = child.transport().stdout();
        out.close();
        out.close();
        assertThat(out.isClosing()).isTrue();
        assertThat(out.isReading()).isFalse();
        child.transport().closeStdin();
        runUntilOver(child);

        assertThat(child.transport().getReturncode()).hasValue(-BROKEN_PIPE);
        assertThat(child.events()).filteredOn("lost 1"::equals).hasSize(1);
        assertThat(child.cause(1)).isNull();
    }

    @Test
    void c255_forbiddenStreams_areRefused() {
        assertThatThrownBy(() -> DEFAULTS.withStdin(ChildStream.STDOUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("standard input");
        assertThatThrownBy(() -> DEFAULTS.withStdout(ChildStream.STDOUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("standard output");
        assertThatThrownBy(() -> DEFAULTS.withStdin(ChildStream.append(folder.resolve("f"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loop.subprocessExec(RecordingSubprocessProtocol::new, List.of("true"), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("options");
    }

    @Test
    @Asyncio("protocol#SubprocessProtocol.process_exited")
    void c258_grandchild_delaysConnectionLost_notProcessExited_andIsHeard() {
        List<String> whenExited = new ArrayList<>();
        RecordingSubprocessProtocol child = new RecordingSubprocessProtocol() {
            @Override
            public void processExited() {
                super.processExited();
                whenExited.add(text(1) + text(2));
                go();
            }
        };

        loop.subprocessShell(() -> child, "(" + awaitGo() + "; echo late; echo later >&2) & echo early; exit 3");
        runUntilOver(child);

        assertThat(whenExited).singleElement().asString().doesNotContain("late");
        assertThat(child.text(1)).isEqualTo("early\nlate\n");
        assertThat(child.text(2)).isEqualTo("later\n");
        assertThat(child.events()).containsSubsequence("exited", "lost 1", "lost").endsWith("lost");
        assertThat(child.codeAtExit()).hasValue(3);
    }

    @Test
    void c267_devnull_endsInputAndSwallowsOutput() {
        RecordingSubprocessProtocol reader = shell("cat; exit 4", DEFAULTS.withStdin(ChildStream.DEVNULL));
        runUntilOver(reader);
        RecordingSubprocessProtocol writer = shell("echo out; echo err >&2",
                DEFAULTS.withStdout(ChildStream.DEVNULL).withStderr(ChildStream.DEVNULL));
        runUntilOver(writer);

        assertThat(reader.codeAtExit()).hasValue(4);
        assertThat(reader.transport().getPipeTransport(0)).isNull();
        assertThat(writer.text(1) + writer.text(2)).isEmpty();
        assertThat(writer.events()).containsExactlyInAnyOrder("made", "lost 0", "exited", "lost");
    }

    @Test
    void files_areReadAndWritten() throws Exception {
        Path in = Files.writeString(folder.resolve("in"), "from the file\n");
        Path out = Files.writeString(folder.resolve("out"), "old text that is longer than the new one\n");
        Path err = Files.writeString(folder.resolve("err"), "first\n");

        runUntilOver(shell("cat; echo second >&2", DEFAULTS
                .withStdin(ChildStream.file(in))
                .withStdout(ChildStream.file(out))
                .withStderr(ChildStream.append(err))));

        assertThat(out).hasContent("from the file\n");
        assertThat(err).hasContent("first\nsecond\n");
    }

    @Test
    void aChildThatOpensItsInputByName_getsIt() {
        assumeTrue(Files.exists(Path.of("/dev/stdin")), "no /dev/stdin here");
        for (int i = 0; i < 20; i++) {
            String input = i % 2 == 0 ? "hello" : "";
            RecordingSubprocessProtocol child = exec("cat", "/dev/stdin");
            child.transport().writeStdin(bytes(input));
            child.transport().closeStdin(); // mostly before the child opens it
            runUntilOver(child);
            assertThat(child.text(1)).isEqualTo(input);
        }
    }

    @Test
    void aChildThatOpensItsOutputByName_isHeard_orFindsItClosed() {
        assumeTrue(Files.exists(Path.of("/dev/stdout")), "no /dev/stdout here");
        RecordingSubprocessProtocol heard = shell("echo one >/dev/stdout; echo two >/dev/stderr");
        runUntilOver(heard);
        assertThat(heard.text(1)).isEqualTo("one\n");
        assertThat(heard.text(2)).isEqualTo("two\n");

        RecordingSubprocessProtocol closed = shell("read x; echo one >/dev/stdout; exit 3");
        closed.transport().stdout().close();
        runUntil(loop, "lost 1", () -> closed.events().contains("lost 1"));
        closed.transport().writeStdin(bytes("go\n"));
        runUntilOver(closed);
    }

    @Test
    void aWriteThatFails_isTold() {
        RecordingSubprocessProtocol child = readyShell("exec <&-; echo ready; sleep 30");
        child.transport().writeStdin(bytes("nobody reads this"));
        runUntil(loop, "lost 0", () -> child.events().contains("lost 0"));
        assertThat(child.cause(0)).isInstanceOf(IOException.class);
        child.transport().close();
        runUntilOver(child);
    }

    @Test
    void startsThatFail_leaveNoDescriptor() throws IOException {
        Path open = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(open), "open files are counted in /proc");
        SubprocessOptions noFile = DEFAULTS.withStdin(ChildStream.file(folder.resolve("none")));
        SubprocessOptions noFolder = DEFAULTS.withDirectory(folder.resolve("none"));
        assertThatThrownBy(() -> exec("no-such-program-anywhere")); // what the JDK opens once is open now
        long before = count(open);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> exec("no-such-program-anywhere"))
                    .hasCauseInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> shell("cat", noFile)).hasMessageContaining("none");
            assertThatThrownBy(() -> shell("cat", noFolder)).hasCauseInstanceOf(NoSuchFileException.class);
        }
        runUntil(loop, "no descriptor is left", () -> count(open) <= before);
    }

    private static long count(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void fileThatIsMissing_failsTheFuture_andLeavesNothing() {
        assertThatThrownBy(() -> shell("cat", DEFAULTS.withStdin(ChildStream.file(folder.resolve("none")))))
                .hasMessageContaining("none");
        assertNoThreads("aio-process-[0-9]");
    }

    @Test
    void environmentAndDirectory_areThoseOfTheOptions() throws Exception {
        RecordingSubprocessProtocol child = shell("echo $AIO_WORD-$HOME; pwd", DEFAULTS
                .withEnvironment(Map.of("AIO_WORD", "word"))
                .withDirectory(folder));

        runUntilOver(child);

        assertThat(child.text(1)).isEqualTo("word-\n" + folder.toRealPath() + "\n");
    }

    @Test
    void directoryThatIsNone_failsTheFuture() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> shell("pwd", DEFAULTS.withDirectory(folder.resolve("none"))))
                .hasCauseInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("working directory");
        assertThatThrownBy(() -> shell("pwd", DEFAULTS.withDirectory(file)))
                .hasCauseInstanceOf(NotDirectoryException.class);
    }

    @Test
    @Asyncio("protocol#ReadTransport.pause_reading")
    void pauseReading_holdsTheChild_resumeBringsAll() {
        int size = 1 << 20;
        RecordingSubprocessProtocol child = shell("read line; head -c " + size + " /dev/zero");
        ReadTransport out = child.transport().stdout();

        out.pauseReading();
        out.pauseReading();
        assertThat(out.isReading()).isFalse();
        child.transport().writeStdin(bytes("go\n"));
        runForAWhile(loop);
        assertThat(child.bytes(1)).isEmpty();
        assertThat(child.transport().getReturncode()).isEmpty();
        out.resumeReading();
        out.resumeReading();
        runUntilOver(child);

        assertThat(child.bytes(1)).hasSize(size);
        assertThat(child.events()).containsSubsequence("data 1", "lost 1");
        out.pauseReading();
        out.resumeReading();
    }

    @Test
    @Asyncio("protocol#ReadTransport.pause_reading")
    void pausedPipe_tellsOfItsEndOnlyWhenResumed() {
        RecordingSubprocessProtocol child = shell("read line; echo last");
        child.transport().stdout().pauseReading();
        child.transport().writeStdin(bytes("go\n"));
        runUntil(loop, "the exit", () -> child.events().contains("exited") && child.events().contains("lost 2"));
        runForAWhile(loop);
        assertThat(child.events()).doesNotContain("data 1", "lost 1");

        child.transport().stdout().resumeReading();
        runUntilOver(child);

        assertThat(child.text(1)).isEqualTo("last\n");
    }

    @Test
    @Asyncio("protocol#BaseProtocol.pause_writing")
    void stdin_pausesAndResumesTheProtocol() {
        List<String> flow = new ArrayList<>();
        RecordingSubprocessProtocol child = new RecordingSubprocessProtocol() {
            @Override
            public void pauseWriting() {
                flow.add("pause " + (transport().stdin().getWriteBufferSize() > 65536));
            }

            @Override
            public void resumeWriting() {
                flow.add("resume " + (transport().stdin().getWriteBufferSize() <= 16384));
            }
        };
        loop.runUntilComplete(loop.subprocessShell(() -> child, awaitGo() + "; exec wc -c"));
        WriteTransport in = child.transport().stdin();
        assertThat(in.getWriteBufferLimits()).isEqualTo(new WriteTransport.WriteBufferLimits(16384, 65536));

        in.write(new byte[1 << 20]);
        assertThat(flow).containsExactly("pause true");
        assertThat(in.getWriteBufferSize()).isGreaterThan(65536);
        in.write(new byte[5]);
        go();
        runUntil(loop, "resumed", () -> flow.size() == 2);
        in.writelines(List.of(bytes("a"), bytes("b")));
        in.writeEof();
        runUntilOver(child);

        assertThat(flow).containsExactly("pause true", "resume true");
        assertThat(child.text(1).strip()).isEqualTo(Integer.toString((1 << 20) + 7));
        assertThat(child.cause(0)).isNull();
    }

    @Test
    @Asyncio("protocol#WriteTransport.set_write_buffer_limits")
    void stdin_limits_areChecked() {
        RecordingSubprocessProtocol child = exec("sleep", "30");
        WriteTransport in = child.transport().stdin();

        assertThatThrownBy(() -> in.setWriteBufferLimits(2, 1)).isInstanceOf(IllegalArgumentException.class);
        in.setWriteBufferLimits(100);
        assertThat(in.getWriteBufferLimits()).isEqualTo(new WriteTransport.WriteBufferLimits(25, 100));
        assertThat(in.canWriteEof()).isTrue();
        child.transport().close();
        runUntilOver(child);
    }

    @Test
    @Asyncio("protocol#WriteTransport.abort")
    void stdin_abort_dropsWhatIsQueued_thoughTheChildDoesNotRead() {
        RecordingSubprocessProtocol child = exec("sleep", "30");
        WriteTransport in = child.transport().stdin();
        in.write(new byte[1 << 20]);
        runForAWhile(loop);

        in.abort();
        runUntil(loop, "lost 0", () -> child.events().contains("lost 0"));

        assertThat(child.cause(0)).isNull();
        assertThat(in.getWriteBufferSize()).isZero();
        assertThat(child.transport().getReturncode()).isEmpty();
        assertNoThreads("aio-process-" + child.transport().getPid() + "-stdin");
        child.transport().close();
        runUntilOver(child);
    }

    @Test
    @Asyncio("protocol#SubprocessTransport.close")
    void close_whileAGrandchildHoldsThePipes_leavesNoThread() {
        RecordingSubprocessProtocol child = readyShell("sleep 30 & echo $!; echo ready; wait");
        killAfterwards(Long.parseLong(child.text(1).lines().findFirst().orElseThrow()));

        child.transport().close();
        runUntilOver(child);

        assertNoThreads("aio-process-" + child.transport().getPid() + "-.*");
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void fiveHundredQuickChildren_noneIsLost() {
        for (int wave = 0; wave < 10; wave++) {
            List<RecordingSubprocessProtocol> children = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                RecordingSubprocessProtocol child = new RecordingSubprocessProtocol();
                children.add(child);
                loop.subprocessShell(() -> child, "echo " + i + "; exit " + i);
            }
            runUntil(loop, "all are over", () -> children.stream().allMatch(RecordingSubprocessProtocol::isOver));
            for (int i = 0; i < children.size(); i++) {
                assertThat(children.get(i).text(1)).isEqualTo(i + "\n");
                assertThat(children.get(i).codeAtExit()).hasValue(i);
            }
        }
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void twoHundredConcurrentChildren_noneIsLost() {
        List<RecordingSubprocessProtocol> children = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RecordingSubprocessProtocol child = new RecordingSubprocessProtocol();
            children.add(child);
            loop.subprocessExec(() -> child, List.of("cat"));
        }
        runUntil(loop, MANY, "all are there",
                () -> children.stream().allMatch(child -> child.events().contains("made")));

        for (int i = 0; i < children.size(); i++) {
            children.get(i).transport().writeStdin(bytes("child " + i));
            children.get(i).transport().closeStdin();
        }
        runUntil(loop, MANY, "all are over", () -> children.stream().allMatch(RecordingSubprocessProtocol::isOver));

        for (int i = 0; i < children.size(); i++) {
            assertThat(children.get(i).text(1)).isEqualTo("child " + i);
            assertThat(children.get(i).codeAtExit()).hasValue(0);
        }
    }

    /** Returns what a shell does until {@link #go}. */
    private String awaitGo() {
        return "until [ -e '" + folder.resolve("go") + "' ]; do sleep 0.02; done";
    }

    private void go() {
        try {
            Files.createFile(folder.resolve("go"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs long enough for what must not happen to happen. */
    private static void runForAWhile(EventLoop loop) {
        loop.callLater(Duration.ofMillis(150), loop::stop);
        loop.runForever();
    }

    private RecordingSubprocessProtocol shell(String commandLine, SubprocessOptions options) {
        return connected(loop.subprocessShell(RecordingSubprocessProtocol::new, commandLine, options));
    }

    private static void assertNoThreads(String pattern) {
        await("no thread " + pattern, () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().matches(pattern) && thread.getState() == Thread.State.RUNNABLE));
    }
}
