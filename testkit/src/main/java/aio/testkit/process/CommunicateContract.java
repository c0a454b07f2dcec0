package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.LoopFuture;
import aio.loop.Subprocess;
import aio.process.ChildStream;
import aio.process.SubprocessOptions;
import aio.process.SubprocessResult;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Children without a protocol: asyncio's {@code Process.communicate} and {@code wait}. */
@Asyncio("subprocess#subprocess.Process.communicate")
public abstract class CommunicateContract extends SubprocessBase {

    private Subprocess started(LoopFuture<Subprocess> start) {
        Subprocess child = loop.runUntilComplete(start);
        assertThat(child).isNotNull();
        killAfterwards(child.transport().getPid());
        return child;
    }

    @Test
    void communicate_givesInput_andReturnsOutputErrorAndCode() {
        Subprocess child = started(loop.createSubprocessShell("cat; echo oops >&2; exit 3"));

        SubprocessResult result = loop.runUntilComplete(child.communicate(bytes("hello")));

        assertThat(result.stdoutText()).isEqualTo("hello");
        assertThat(result.stderrText()).isEqualTo("oops\n");
        assertThat(result.returncode()).isEqualTo(3);
        assertThat(loop.runUntilComplete(child.waitFor())).isEqualTo(3);
    }

    @Test
    void communicate_ofMuch_inBothDirections() {
        byte[] much = new byte[1_000_000];
        Arrays.fill(much, (byte) 'x');

        Subprocess child = started(loop.createSubprocessExec(List.of("cat")));
        SubprocessResult result = loop.runUntilComplete(child.communicate(ByteBuffer.wrap(much)));

        assertThat(result.stdout()).isEqualTo(much);
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void communicate_withAChildThatReadsNothing_isNoFailure() {
        Subprocess child = started(loop.createSubprocessExec(List.of("true")));

        SubprocessResult result = loop.runUntilComplete(child.communicate(ByteBuffer.allocate(1_000_000)));

        assertThat(result.returncode()).isZero();
    }

    @Test
    void communicate_longAfterTheChildHasEnded_stillReads() {
        Subprocess child = started(loop.createSubprocessExec(List.of("echo", "early")));
        loop.runUntilComplete(child.waitFor());

        assertThat(loop.runUntilComplete(child.communicate()).stdoutText()).isEqualTo("early\n");
    }

    @Test
    void communicate_secondTime_isRefused() {
        Subprocess child = started(loop.createSubprocessExec(List.of("true")));
        loop.runUntilComplete(child.communicate());

        assertThatThrownBy(child::communicate).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can be read once");
    }

    @Test
    void communicate_withoutPipes() {
        SubprocessOptions options = SubprocessOptions.defaults().withStdin(ChildStream.DEVNULL)
                .withStdout(ChildStream.DEVNULL).withStderr(ChildStream.DEVNULL);
        Subprocess child = started(loop.createSubprocessShell("echo out; exit 4", options));

        assertThatThrownBy(() -> child.communicate(bytes("input"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no pipe");
        SubprocessResult result = loop.runUntilComplete(child.communicate());

        assertThat(result.stdout()).isEmpty();
        assertThat(result.returncode()).isEqualTo(4);
    }

    @Test
    @Asyncio("subprocess#subprocess.Process.returncode")
    void killedChild_isToldByItsSignal() {
        Subprocess child = started(loop.createSubprocessExec(List.of("sleep", "30")));
        LoopFuture<SubprocessResult> result = child.communicate();
        child.transport().kill();

        assertThat(loop.runUntilComplete(result).returncode()).isEqualTo(-9);
        assertThat(loop.runUntilComplete(child.waitFor())).isEqualTo(-9);
    }

    @Test
    @Asyncio("subprocess#create_subprocess_exec")
    void aProgramThatIsNotThere_failsTheFuture() {
        LoopFuture<Subprocess> start = loop.createSubprocessExec(List.of("/nonexistent/program"));

        assertThatThrownBy(() -> loop.runUntilComplete(start)).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    @Asyncio("subprocess#create_subprocess_exec")
    void cancelledStart_leavesNoChild() {
        LoopFuture<Subprocess> start = loop.createSubprocessExec(List.of("sleep", "3061"));
        start.cancel();

        assertThatThrownBy(() -> loop.runUntilComplete(start)).isInstanceOf(CancellationException.class);
        Await.until("no child is left", () -> { // its start and its end take real time, whatever the loop's clock says
            runBriefly(loop);
            return ProcessHandle.current().children()
                    .noneMatch(child -> child.info().commandLine().orElse("").endsWith("sleep 3061"));
        });
    }
}
