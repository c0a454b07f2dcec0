package aio.policy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.console.usage.Command;
import aio.policy.console.usage.Screen;
import aio.policy.fleet.node.FleetNode;
import aio.testkit.FreePort;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the commands return, and what they refuse, on the only node of a fleet. */
@Timeout(60)
class FleetCommandsTest {
    @TempDir
    private Path folder;

    private TestingServer server;
    private FleetNode node;

    @BeforeEach
    void join() throws Exception {
        server = new TestingServer(FreePort.find());
        node = LoneNode.start(server, folder);
    }

    @AfterEach
    void leave() throws Exception {
        node.close();
        server.close();
    }

    /** Runs a command as Karaf does; words are separated by blanks. */
    private String run(String line) throws Exception {
        return run(node, line);
    }

    private static String run(FleetNode on, String line) throws Exception {
        List<String> words = Arrays.asList(line.split(" ", -1));
        Command command = new FleetCommands(on).commands().stream()
                .filter(each -> words.get(0).equals(each.usage().scope() + ":" + each.usage().name()))
                .findFirst().orElseThrow();
        Object answer = command.body().run(new Screen(InputStream.nullInputStream(), System.out, false, "anna"),
                words.subList(1, words.size()).toArray(String[]::new));
        return String.valueOf(answer);
    }

    @Test
    void aDecision_isShown_byEveryCommand() throws Exception {
        assertThat(run("fleet:history")).isEqualTo("no roll-out is over");
        assertThat(run("fleet:history --json")).isEqualTo("[]");
        assertThat(run("fleet:use new --waves 1,100% --watch 1s --max-lag 1s --wait"))
                .startsWith("fleet: number 1, 'new', of anna on n1, ").endsWith(": done");
        assertThat(run("fleet:status").lines()).startsWith("fleet 'test', 1 node, coordinator: n1",
                "desired: 'new', number 1, of anna on n1");
        assertThat(run("fleet:status --json")).startsWith("{\"desired\":\"new\",\"number\":1,\"who\":\"anna on n1\"");
        assertThat(run("fleet:list").lines()).hasSize(2).last().asString().startsWith("* n1    new ");
        assertThat(run("fleet:list --json")).startsWith("[{\"node\":\"n1\",\"there\":true,\"coordinator\":true,");
        assertThat(run("fleet:auto")).isEqualTo(
                "fleet: number 2 begins: no pin on 1 node, 1 wave; fleet:status shows how it goes");
    }

    @Test
    void help_tellsOfEachOption() throws Exception {
        assertThat(run("fleet:use --help").lines())
                .startsWith("fleet:use [--help] [--json] [--waves LIST] [--watch TIME] [--max-lag TIME]"
                        + " [--max-errors SHARE] [--patience TIME] [--allow-refused] [--wait] NAME",
                        "  pins a policy on all nodes, wave by wave")
                .anyMatch(line -> line.startsWith("  --patience TIME "));
        assertThat(run("fleet:pause -h")).startsWith("fleet:pause [--help] [--json]");
    }

    @Test
    void whatACommandDoesNotTake_isRefused_andNothingIsDecided() throws Exception {
        assertThatThrownBy(() -> run("fleet:use")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fleet:use needs a name, which policy:list shows: fleet:use [--help] ");
        assertThatThrownBy(() -> run("fleet:use ")).hasMessageStartingWith(
                "fleet:use needs a name that is not empty; fleet:auto removes the pin: ");
        assertThatThrownBy(() -> run("fleet:use a b")).hasMessageStartingWith("fleet:use takes one name, not 2: ");
        assertThatThrownBy(() -> run("fleet:auto now")).hasMessageStartingWith("fleet:auto takes no argument, not ");
        assertThatThrownBy(() -> run("fleet:use new --watch")).hasMessageStartingWith(
                "fleet:use --watch needs TIME: ");
        assertThatThrownBy(() -> run("fleet:use new --canary 1")).hasMessageStartingWith(
                "fleet:use has no option '--canary': ");
        assertThatThrownBy(() -> run("fleet:use new --patience soon")).hasMessageContaining(
                "patience is 'soon': expected a time such as 500ms, 30s, 1h30m or PT30S");
        assertThatThrownBy(() -> run("fleet:use new --watch soon")).hasMessageContaining(
                "watch is 'soon': expected a time such as 500ms, 30s, 1h30m or PT30S");
        assertThatThrownBy(() -> run("fleet:use new#17")).hasMessageContaining("policy is 'new#17': expected its name");
        assertThatThrownBy(() -> run("fleet:pause")).hasMessage("fleet: no roll-out is under way");
        assertThat(run("fleet:status")).contains("desired: nothing was decided yet");
    }

    @Test
    void aTwin_saysSo_andItsCommandsAreForTheFleet() throws Exception {
        node.awaitJoined();
        try (FleetNode twin = LoneNode.start(server, Files.createDirectory(folder.resolve("twin")))) {
            String expected = "node 'n1' does not act: process " + ProcessHandle.current().pid() + " on ";
            twin.awaitJoined();
            assertThat(run(twin, "fleet:list").lines()).hasSize(3).last().asString().startsWith("fleet: " + expected);
            assertThat(run(twin, "fleet:status").lines()).last().asString().startsWith("fleet: " + expected)
                    .contains("give one of them another name");
            assertThat(run(twin, "fleet:status --json")).contains("\"trouble\":\"" + expected);
            assertThat(run(twin, "fleet:use new --wait")).startsWith("fleet: number 1, 'new', ").endsWith(": done");
            assertThat(run("fleet:status")).doesNotContain("does not act");
        }
    }
}
