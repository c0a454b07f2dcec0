package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.ExceptionContext;
import aio.loop.LoopFuture;
import aio.process.ChildProcess;
import aio.process.ProcessGoneException;
import aio.process.ProcessSignal;
import aio.process.SubprocessProtocol;
import aio.process.SubprocessTransport;
import aio.testkit.Asyncio;
import aio.testkit.LogCapture;
import aio.testkit.RecordingExceptionHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Children with three pipes: C249 to C269 as far as the plain form goes. */
@Asyncio("eventloop#loop.subprocess_exec")
public abstract class SubprocessContract extends SubprocessBase {
    private static final int KILL = 9;

    @Test
    @Asyncio("protocol#SubprocessProtocol.pipe_data_received")
    void c249_twoWrites_getTwoAnswers_inOrder() {
        RecordingSubprocessProtocol child = exec("cat");

        child.transport().writeStdin(bytes("one\n"));
        runUntil(loop, "the first answer", () -> child.text(1).equals("one\n"));
        child.transport().writeStdin(bytes("two\n"));
        runUntil(loop, "the second answer", () -> child.text(1).equals("one\ntwo\n"));
        child.transport().closeStdin();
        runUntilOver(child);

        assertThat(child.transport().getReturncode()).hasValue(0);
    }

    @Test
    @Asyncio("protocol#SubprocessProtocol.pipe_data_received")
    void c249_manyWrites_arriveWholeAndBeforeTheEnd() {
        RecordingSubprocessProtocol child = exec("cat");
        StringBuilder expected = new StringBuilder();

        for (int i = 0; i < 20_000; i++) {
            String line = "line " + i + "\n";
            expected.append(line);
            child.transport().writeStdin(bytes(line));
        }
        child.transport().closeStdin();
        runUntilOver(child);

        assertThat(child.text(1)).isEqualTo(expected.toString());
        assertThat(child.cause(0)).isNull();
    }

    @Test
    @Asyncio("eventloop#loop.subprocess_shell")
    void c250_shell_echo_hasDataOnOneAndNothingOnTwo() {
        RecordingSubprocessProtocol child = shell("echo Python");

        runUntilOver(child);

        assertThat(child.text(1)).isEqualTo("Python\n");
        assertThat(child.text(2)).isEmpty();
        assertThat(child.transport().getReturncode()).hasValue(0);
        assertThat(child.events()).contains("lost 0", "lost 1", "lost 2");
    }

    @Test
    @Asyncio("protocol#SubprocessProtocol.process_exited")
    void c251_exitCode_isSeenInProcessExited_andCloseAfterwardsIsFine() {
        RecordingSubprocessProtocol child = shell("exit 7");

        runUntilOver(child);
        child.transport().close();
        runBriefly(loop);

        assertThat(child.codeAtExit()).hasValue(7);
        assertThat(child.transport().getReturncode()).hasValue(7);
        assertThat(child.transport().isClosing()).isTrue();
        assertThat(child.events()).filteredOn("lost"::equals).hasSize(1);
    }

    @Test
    void c253_standardError_comesApart() {
        RecordingSubprocessProtocol child = shell("echo out; echo err >&2");

        runUntilOver(child);

        assertThat(child.text(1)).isEqualTo("out\n");
        assertThat(child.text(2)).isEqualTo("err\n");
    }

    @Test
    void c255_impossibleCommands_areRefused() {
        List<String> withNull = new ArrayList<>();
        withNull.add(null);

        assertThatThrownBy(() -> loop.subprocessExec(RecordingSubprocessProtocol::new, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> loop.subprocessExec(RecordingSubprocessProtocol::new, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("null");
        assertThatThrownBy(() -> loop.subprocessExec(RecordingSubprocessProtocol::new, withNull))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loop.subprocessExec(RecordingSubprocessProtocol::new, List.of("echo", "a\0b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loop.subprocessShell(RecordingSubprocessProtocol::new, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Asyncio("protocol#SubprocessProtocol.process_exited")
    void c257_allEventsCome_inTheirOrder_onTheThreadOfTheLoop() {
        RecordingSubprocessProtocol child = shell("echo out; echo err >&2");

        runUntilOver(child);

        List<String> events = child.events();
        assertThat(events)
                .startsWith("made")
                .endsWith("lost")
                .contains("exited", "lost 0")
                .containsSubsequence("data 1", "lost 1")
                .containsSubsequence("data 2", "lost 2")
                .doesNotHaveDuplicates();
        assertThat(child.threads()).containsExactly(Thread.currentThread());
    }

    @Test
    @Asyncio("protocol#SubprocessTransport.send_signal")
    void c259_afterTheEnd_signalsSayThatTheProcessIsGone() {
        RecordingSubprocessProtocol child = shell("exit 3");
        SubprocessTransport transport = child.transport();
        runUntilOver(child);

        assertThatThrownBy(() -> transport.sendSignal(ProcessSignal.HUP))
                .isInstanceOf(ProcessGoneException.class)
                .hasMessageContaining("process " + transport.getPid())
                .hasMessageContaining("return code 3");
        assertThatThrownBy(transport::terminate).isInstanceOf(ProcessGoneException.class);
        assertThatThrownBy(transport::kill).isInstanceOf(ProcessGoneException.class);
    }

    @Test
    void c261_cancelledWhileStarting_childIsKilled() throws Exception {
        List<LoopFuture<?>> start = new ArrayList<>();
        RecordingSubprocessProtocol child = new RecordingSubprocessProtocol() {
            @Override
            public void connectionMade(SubprocessTransport made) {
                super.connectionMade(made);
                start.get(0).cancel();
            }
        };

        start.add(loop.subprocessExec(() -> child, List.of("sleep", "30")));
        runUntilOver(child);

        assertThat(start.get(0).isCancelled()).isTrue();
        assertThat(child.transport().getReturncode()).hasValue(-KILL);
        assertThat(ProcessHandle.of(child.transport().getPid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void c261_cancelledAtOnce_protocolHearsNothing() {
        RecordingSubprocessProtocol child = new RecordingSubprocessProtocol();
        LoopFuture<?> start = loop.subprocessExec(() -> child, List.of("sleep", "30"));

        start.cancel();
        RecordingSubprocessProtocol other = exec("true");
        runUntilOver(other);

        assertThat(start.isCancelled()).isTrue();
        assertThat(child.events()).isEmpty();
    }

    @Test
    @Asyncio("subprocess#subprocess.Process.wait")
    void c262_cancelledWait_doesNotHurtTheChild() {
        LoopFuture<Integer> exit = loop.createFuture();
        RecordingSubprocessProtocol child = exec("sleep", "30");

        exit.cancel();
        assertThatThrownBy(() -> loop.runUntilComplete(exit))
                .isInstanceOf(java.util.concurrent.CancellationException.class);
        assertThat(child.transport().getReturncode()).isEmpty();
        child.transport().kill();
        runUntilOver(child);

        assertThat(child.transport().getReturncode()).hasValue(-KILL);
    }

    @Test
    @Asyncio("protocol#SubprocessProtocol.pipe_data_received")
    void c265_outputOfAnEndedChild_isNotLost() throws Exception {
        int size = 48 * 1024;
        RecordingSubprocessProtocol child = shell("head -c " + size + " /dev/zero; echo err >&2");
        ProcessHandle process = ProcessHandle.of(child.transport().getPid()).orElse(null);
        if (process != null) {
            assertEnds(process);
        }

        runUntilOver(child);

        assertThat(child.bytes(1)).hasSize(size);
        assertThat(child.text(2)).isEqualTo("err\n");
    }

    @Test
    @Asyncio("protocol#SubprocessProtocol.pipe_data_received")
    void c265_largeOutput_slowLoop_isNotLost() {
        int size = 256 * 1024;
        RecordingSubprocessProtocol child = shell("head -c " + size + " /dev/zero");

        runTurns(loop, 5);
        runUntilOver(child);

        assertThat(child.bytes(1)).hasSize(size);
        assertThat(child.codeAtExit()).hasValue(0);
    }

    @Test
    @Asyncio("protocol#SubprocessProtocol.pipe_connection_lost")
    void c266_childClosesItsInput_pipeIsLostWithACause() {
        RecordingSubprocessProtocol child = readyShell("exec 0<&-; echo ready; exec sleep 30");

        child.transport().writeStdin(ByteBuffer.allocate(1 << 20));
        runUntil(loop, "standard input is lost", () -> child.events().contains("lost 0"));

        assertThat(child.cause(0)).isInstanceOf(IOException.class);
        assertThat(child.transport().getReturncode()).isEmpty();
        child.transport().writeStdin(bytes("ignored"));
        child.transport().close();
        runUntilOver(child);
    }

    @Test
    @Asyncio("protocol#SubprocessProtocol.pipe_connection_lost")
    void c266_childEndsBeforeItReadAll_pipeIsLostWithACause() {
        RecordingSubprocessProtocol child = readyShell("echo ready; read line; exit 5");

        child.transport().writeStdin(ByteBuffer.allocate(1 << 20).put(0, (byte) '\n'));
        runUntilOver(child);

        assertThat(child.cause(0)).isInstanceOf(IOException.class);
        assertThat(child.transport().getReturncode()).hasValue(5);
    }

    @Test
    @Asyncio("protocol#SubprocessTransport.close")
    void close_killsTheChild_andIsIdempotent() {
        RecordingSubprocessProtocol child = exec("sleep", "30");

        child.transport().close();
        child.transport().close();
        runUntilOver(child);

        assertThat(child.transport().getReturncode()).hasValue(-KILL);
        assertThat(child.events()).containsExactlyInAnyOrder("made", "lost 0", "lost 1", "lost 2", "exited", "lost");
    }

    @Test
    @Asyncio("protocol#SubprocessTransport.close")
    void close_grandchildHoldsThePipes_isOverAllTheSame() {
        RecordingSubprocessProtocol child = readyShell("sleep 30 & echo $!; echo ready; wait");
        killAfterwards(Long.parseLong(child.text(1).lines().findFirst().orElseThrow()));

        child.transport().close();
        runUntilOver(child);

        assertThat(child.transport().getReturncode()).hasValue(-KILL);
    }

    @Test
    void writeStdin_afterCloseStdin_isIgnored() {
        RecordingSubprocessProtocol child = exec("cat");

        child.transport().closeStdin();
        child.transport().closeStdin();

        child.transport().writeStdin(bytes("late"));
        runUntilOver(child);
        child.transport().stdin().write(new byte[1]);
        assertThat(child.text(1)).isEmpty();
        assertThat(child.transport().getReturncode()).hasValue(0);
    }

    @Test
    void missingProgram_failsTheFuture() {
        assertThatThrownBy(() -> exec("no-such-program-anywhere"))
                .hasCauseInstanceOf(java.nio.file.NoSuchFileException.class)
                .hasMessageContaining("no-such-program-anywhere");
        assertThatThrownBy(() -> exec("/no/such/program"))
                .hasCauseInstanceOf(java.nio.file.NoSuchFileException.class);
    }

    @Test
    void notExecutable_failsTheFuture() throws Exception {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("aio", ".txt");
        try {
            assertThatThrownBy(() -> exec(file.toString()))
                    .hasCauseInstanceOf(java.nio.file.AccessDeniedException.class);
        } finally {
            java.nio.file.Files.delete(file);
        }
    }

    @Test
    void factoryThatFails_failsTheFuture() {
        IllegalArgumentException thrown = new IllegalArgumentException("thrown by the test");
        LoopFuture<ChildProcess<SubprocessProtocol>> start = loop.subprocessExec(
                () -> {
                    throw thrown;
                },
                List.of("sleep", "30"));

        assertThatThrownBy(() -> loop.runUntilComplete(start)).isSameAs(thrown);
    }

    @Test
    void factoryThatReturnsNull_failsTheFuture() {
        LoopFuture<ChildProcess<SubprocessProtocol>> start =
                loop.subprocessExec(() -> null, List.of("sleep", "30"));

        assertThatThrownBy(() -> loop.runUntilComplete(start)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void protocolThatThrowsEverywhere_isReported_andAllContinues() {
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        ThrowingProtocol child = new ThrowingProtocol();

        loop.runUntilComplete(loop.subprocessExec(() -> child, List.of("/bin/sh", "-c", "echo out; exit 3")));
        runUntilOver(child);

        assertThat(child.codeAtExit()).hasValue(3);
        assertThat(child.text(1)).isEqualTo("out\n");
        assertThat(handler.contexts()).hasSize(7);
        for (ExceptionContext context : handler.contexts()) {
            assertThat(context.exception()).hasMessage("thrown by the test");
            assertThat(context.message()).contains("process " + child.transport().getPid());
            assertThat(context.get("protocol")).isSameAs(child);
            assertThat(context.get("transport")).isSameAs(child.transport());
        }
    }

    @Test
    void loopClosedFirst_childContinues_andOneWarningNamesLoopAndPid() throws Exception {
        RecordingSubprocessProtocol child = exec("cat");
        long pid = child.transport().getPid();
        try (LogCapture log = LogCapture.start()) {
            loop.close();
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
            assertThat(process.isAlive()).isTrue();
            process.destroy();
            assertEnds(process);

            await("a warning", () -> !log.warnings().isEmpty());
            assertThat(log.warnings()).singleElement().asString().contains(loop.name(), "process " + pid);
            assertThat(log.errors()).isEmpty();
        }
    }

    @Test
    void manyQuickChildren_noneIsLost() {
        List<RecordingSubprocessProtocol> children = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
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

    @Test
    void startedFromAnotherThread_isDeliveredOnTheLoop() throws Exception {
        RecordingSubprocessProtocol child = new RecordingSubprocessProtocol();
        Thread runner;
        try (Background running = inBackground(loop)) {
            runner = running.thread();
            LoopFuture<ChildProcess<RecordingSubprocessProtocol>> start =
                    loop.subprocessExec(() -> child, List.of("true"));
            assertThat(start.join()).isNotNull();
            LoopFuture<@Nullable Void> over = loop.createFuture();
            loop.callSoonThreadsafe(new Runnable() {
                @Override
                public void run() {
                    if (child.isOver()) {
                        over.setResult(null);
                    } else {
                        loop.callLater(java.time.Duration.ofMillis(1), this);
                    }
                }
            });
            over.join();
        }

        assertThat(child.threads()).containsExactly(runner);
    }

    /** Does its work, and then throws. */
    private static final class ThrowingProtocol extends RecordingSubprocessProtocol {
        @Override
        public void connectionMade(SubprocessTransport made) {
            super.connectionMade(made);
            fail();
        }

        @Override
        public void pipeDataReceived(int fd, ByteBuffer received) {
            super.pipeDataReceived(fd, received);
            fail();
        }

        @Override
        public void pipeConnectionLost(int fd, @Nullable Throwable cause) {
            super.pipeConnectionLost(fd, cause);
            fail();
        }

        @Override
        public void processExited() {
            super.processExited();
            fail();
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            super.connectionLost(cause);
            fail();
        }

        private static void fail() {
            throw new IllegalStateException("thrown by the test");
        }
    }
}
