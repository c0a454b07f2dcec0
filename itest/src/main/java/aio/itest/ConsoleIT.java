package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.FrameworkUtil;

/** Proves what an operator sees: the output of the commands in a real shell, and their errors. */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class ConsoleIT {
    private CommandSession session;

    @BeforeEach
    void open() throws Exception {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        session = Framework.service(CommandProcessor.class).createSession(InputStream.nullInputStream(), out, out);
        Await.until("the commands are there",
                () -> session.get("policy:list") != null && session.get("loop:list") != null);
    }

    @AfterEach
    void close() {
        session.close();
    }

    private String run(String command) throws Exception {
        Object result = session.execute(command);
        return result == null ? "" : session.format(result, Converter.INSPECT).toString();
    }

    @Test
    void list_showsTheOrderOfThePolicies() throws Exception {
        try (Installed win = Installed.winselector()) {
            assertThat(run("policy:list").lines()).hasSize(2).last().asString().matches(
                    "\\* default +min +current +selector +\\d+ +aio\\.policy\\.default \\[\\d+]");
            assertThat(run("policy:list --all")).contains("not started: winselector", "start " + win.id());
            win.start();
            assertThat(run("policy:list").lines().map(line -> line.substring(0, 13).trim()))
                    .containsExactly("NAME", "* winselector", "default");
            assertThat(run("policy:list")).contains("aio.policy.winselector [" + win.id() + "]");
        }
    }

    @Test
    void use_pins_andAutoRemovesThePin() throws Exception {
        try (Installed win = Installed.winselector()) {
            win.start();
            assertThat(run("policy:use default")).startsWith("policy: winselector -> default (operator pinned it); ");
            assertThat(run("policy:list")).contains("current, pinned");
            assertThat(run("policy:current")).containsPattern("\\* default +min +current, pinned +selector ");
            assertThat(run("policy:use default")).isEqualTo("policy: default is current already; pinned");
            assertThat(run("policy:auto"))
                    .startsWith("policy: default -> winselector (operator removed the pin); ");
            assertThat(run("policy:auto")).isEqualTo("policy: winselector stays current; nothing was pinned");
        }
    }

    @Test
    void use_ofAPolicyThatIsNotThere_saysWhatToStart() throws Exception {
        try (Installed win = Installed.winselector()) {
            assertThatThrownBy(() -> run("policy:use winselector"))
                    .hasMessage("no policy 'winselector'; present: default. Bundle " + win.name()
                            + " is installed, not started: start " + win.id());
        }
        assertThatThrownBy(() -> run("policy:use nobody")).hasMessage("no policy 'nobody'; present: default");
    }

    @Test
    void why_explains() throws Exception {
        try (Installed win = Installed.winselector()) {
            win.start();
            assertThat(run("policy:why")).contains("* winselector: current, rank 100", "the highest ranking",
                    "  default: standby, rank min", "'winselector' has the higher ranking 100");
            assertThat(run("policy:why default").lines()).first().asString().startsWith("  default: standby");
            assertThatThrownBy(() -> run("policy:why nobody")).hasMessageStartingWith("no policy 'nobody'; present: ");
        }
    }

    @Test
    void history_hasALineForEachChange() throws Exception {
        try (Installed win = Installed.winselector()) {
            win.start();
            win.stop();
        }
        var lines = run("policy:history").lines().toList();
        assertThat(lines.get(0)).contains("WHEN", "FROM", "TO", "CAUSE", "WHO", "KEPT", "LOST");
        assertThat(lines.get(lines.size() - 2)).contains("default", "winselector", "rank 100, service arrived");
        assertThat(lines.get(lines.size() - 1)).contains("winselector", "default", "stopped");
    }

    @Test
    void loops_areListedWithDriverAndBundle() throws Exception {
        try (LoopThread loop = LoopThread.start()) {
            String name = loop.loop().name();
            Await.until("the loop runs", loop.loop()::isRunning);
            assertThat(run("loop:list")).contains(name, "shared", "running", "selector from aio.policy.default [");
            assertThat(run("loop:info " + name)).contains(name + ": running in thread \"" + loop.thread().getName(),
                    "selector from aio.policy.default [", "follows the policy", "0 connections");
            assertThat(run("loop:info shared")).contains("shared: running in thread \"aio-loop-shared\", managed");
        }
        assertThatThrownBy(() -> run("loop:info nobody")).hasMessage("no loop 'nobody'; open: shared");
    }

    @Test
    void whatHoldsUpALoop_isShown_withTheBundle() throws Exception {
        String bundle = FrameworkUtil.getBundle(ConsoleIT.class).getSymbolicName();
        CountDownLatch leave = new CountDownLatch(1);
        try (LoopThread loop = LoopThread.start()) {
            String name = loop.loop().name();
            loop.call(() -> "a first run"); // which needs time of its own
            loop.loop().callSoonThreadsafe(() -> hold(leave));
            Await.until("it is held up", () -> !run("loop:blocked --json " + name).equals("[]"));
            assertThat(run("loop:top").lines().filter(line -> line.contains("held up for ")).findFirst())
                    .get().asString().contains(" by " + ConsoleIT.class.getName(), " of bundle " + bundle + " [");
            assertThat(run("loop:top").lines().filter(line -> line.startsWith("  " + bundle + " [")))
                    .singleElement().asString().endsWith(" on " + name);
            assertThat(run("loop:blocked " + name)).contains(" so far", bundle + " [", "at ", "CountDownLatch.await");
            leave.countDown();
            Await.until("it works again", () -> !run("loop:blocked " + name).contains(" so far"));
        } finally {
            leave.countDown();
        }
    }

    private static void hold(CountDownLatch leave) {
        try {
            leave.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
