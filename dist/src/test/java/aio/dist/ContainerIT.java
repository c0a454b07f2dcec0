package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The executable jar, as it is shipped: commands from the command line and from a pipe, while a client is served. */
@Timeout(180)
class ContainerIT {
    private static final String TABLE_HEAD = "  NAME         RANK  STATE    DRIVER    LOOPS  BUNDLE";

    @Test
    void commandLine_swapAndFallback_keepsTheClientAndExitsWith0() throws Exception {
        // cat waits for the end of the input, and so for the client
        String script = "cat; policy:list; start aio.policy.winselector; policy:list; policy:why;"
                + " stop aio.policy.winselector; policy:history; loop:list";
        try (RunningContainer container = new RunningContainer("-c", script);
                EchoClient client = EchoClient.connect(container.echoPort(), container)) {
            client.awaitProgress();
            container.endInput();
            assertThat(container.exitCode()).as(() -> String.join("\n", container.output())).isZero();
            assertThat(client.awaitEnd()).isNull();
            String output = String.join("\n", container.output());
            assertThat(output)
                    .startsWith("aio: policy 'default' (selector). Try: curl http://127.0.0.1:" + container.httpPort()
                            + "/")
                    .containsPattern("\n\\* default +min +current +selector +1 +aio.policy.default \\[\\d+]\n")
                    .containsPattern("\npolicy: default -> winselector \\(rank 100, service arrived\\); 1 loop,"
                            + " [1-9]\\d* connections? kept, 0 lost, longest pause \\d+\\.\\d ms\n")
                    .contains("\n" + TABLE_HEAD + "\n* winselector   100  current  selector      1  ")
                    .containsPattern("\n\\* winselector: current, rank 100, from aio.policy.winselector \\[\\d+]"
                            + "(, made for Windows)?\n")
                    .containsPattern("\npolicy: winselector -> default \\(bundle \\d+ stopped\\); 1 loop,"
                            + " [1-9]\\d* connections? kept, 0 lost, longest pause \\d+\\.\\d ms\n")
                    .containsPattern("\n  shared +running +selector from aio.policy.default \\[\\d+] +yes +1 +2 ")
                    .doesNotContain("error:", "warning:", "severe:", "Exception");
            assertThat(container.output().stream().filter(line -> line.startsWith("policy: "))).hasSize(2);
            assertThat(container.output().stream().filter(line -> line.startsWith("g! "))).hasSize(8);
        }
    }

    @Test
    void pipe_runsLineByLine_whileTheClientIsServedByEachPolicy() throws Exception {
        try (RunningContainer container = new RunningContainer();
                EchoClient client = EchoClient.connect(container.echoPort(), container)) {
            client.awaitProgress();
            assertThat(page(container)).startsWith("policy default, ").contains("selector from aio.policy.default [");
            container.type("start aio.policy.winselector");
            container.await("policy: default -> winselector ");
            client.awaitProgress();
            assertThat(page(container)).startsWith("policy winselector, ").contains("aio.policy.winselector [");
            container.type("policy:use default");
            container.await("policy: winselector -> default ");
            client.awaitProgress();
            container.type("policy:auto");
            container.await("policy: default -> winselector ");
            container.type("update aio.policy.winselector");
            container.await("policy: winselector -> default ");
            container.await("policy: default -> winselector ");
            client.awaitProgress();
            container.type("uninstall aio.policy.winselector");
            container.await("policy: winselector -> default ");
            client.awaitProgress();
            container.type("start aio.example.loud");
            container.await("policy: default -> loud (rank 200, service arrived)");
            client.awaitProgress();
            assertThat(client.stop()).isNull();
            container.type("exit");
            assertThat(container.exitCode()).as(() -> String.join("\n", container.output())).isZero();
            assertThat(String.join("\n", container.output()))
                    .doesNotContain("error:", "warning:", "severe:", "Exception");
        }
    }

    private static String page(RunningContainer container) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + container.httpPort() + "/");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void wrongCommands_sayWhatIsWrong_theRestRuns_andTheExitCodeIs1() throws Exception {
        String script = "nonsense; start aio.policy.winselectr; policy:use winselector; policy:why nobody; loop:info x;"
                + " policy:current";
        try (RunningContainer container = new RunningContainer("-c", script)) {
            assertThat(container.exitCode()).isEqualTo(1);
            assertThat(String.join("\n", container.output()))
                    .contains("g! nonsense\nerror: Command not found: nonsense\ng! ")
                    .containsPattern(
                            "\nerror: no bundle 'aio.policy.winselectr'; similar: aio.policy.winselector \\[\\d+] ")
                    .containsPattern("\nerror: no policy 'winselector'; present: default."
                            + " Bundle aio.policy.winselector \\[(\\d+)] is installed, not started: start \\1\n")
                    .contains("\nerror: no policy 'nobody'; present: default")
                    .contains("\nerror: no loop 'x'; open: shared\n")
                    .containsPattern("g! policy:current\n.*\n\\* default ")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void pipe_endOfInput_endsWithTheWorstOfAll() throws Exception {
        try (RunningContainer container = new RunningContainer()) {
            container.type("# nothing happens here");
            container.type("nonsense; policy:current");
            container.endInput();
            assertThat(container.exitCode()).isEqualTo(1);
            assertThat(container.output()).contains("error: Command not found: nonsense", "g! policy:current");
        }
    }

    @Test
    void portInUse_isReported_andTheRestWorks() throws Exception {
        try (RunningContainer first = new RunningContainer()) {
            first.await("aio: policy 'default'");
            String port = Integer.toString(first.echoPort());
            try (RunningContainer second = new RunningContainer("--echo-port", port, "-c", "policy:current")) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output().get(0))
                        .startsWith("error: component aio.example.echo.Echo of bundle aio.example.echo [")
                        .contains("] does not start: BindException: cannot listen on 127.0.0.1:" + port);
                assertThat(String.join("\n", second.output()))
                        .contains("\n* default")
                        .doesNotContain("\tat ");
            }
        }
    }
}
