package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.Await;
import aio.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes the container end, and what does not: signals, and the end of an input that may never have been there. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals and the shell are those of Unix")
class EndingIT {
    private static final String JAR = System.getProperty("aio.jar");
    private static final String SERVES = "aio: no more commands; serving until SIGTERM or SIGINT";
    private static final String OPTIONS = " -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow";
    private static final String RUN = "exec \"$1\"" + OPTIONS + " -jar \"$2\" --http-port 0 --echo-port 0";

    private static RunningContainer run(String redirection) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return RunningContainer.ofShell(RUN + redirection, java, JAR);
    }

    private static void assertEndsInOrder(RunningContainer container) throws Exception {
        container.signal("TERM");
        assertThat(container.exitCode()).as(() -> String.join("\n", container.output())).isEqualTo(143);
        assertThat(String.join("\n", container.output())).doesNotContain("ERROR", "error:", "warning:", "Exception");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 15", "INT, 2", "HUP, 1"})
    void signal_tellsConnections_leavesNothing_andIsTheStatus(String name, int number, @TempDir Path temporary)
            throws Exception {
        RunningContainer.assumeTaken(number);
        List<String> command = RunningContainer.java(Path.of(JAR));
        command.add(1, "-Djava.io.tmpdir=" + temporary);
        int port = FreePort.find();
        command.addAll(List.of("--http-port", "0", "--echo-port", Integer.toString(port)));
        try (RunningContainer container = new RunningContainer(new ProcessBuilder(command));
                EchoClient client = EchoClient.connect(port, container)) {
            client.awaitProgress();
            container.signal(name);
            assertThat(container.exitCode()).as(() -> String.join("\n", container.output())).isEqualTo(128 + number);
            assertThat(client.awaitEnd()).isNull();
            assertThat(String.join("\n", container.output())).doesNotContain("error:", "warning:", "Exception");
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    /** A start takes about a second: each of these signals comes in another part of it. */
    @ParameterizedTest
    @ValueSource(ints = {100, 250, 350, 450, 550, 650, 800, 1000, 1300})
    void signal_atAnyMomentOfTheStart_leavesNothing(int millis, @TempDir Path temporary) throws Exception {
        List<String> command = RunningContainer.java(Path.of(JAR));
        command.add(1, "-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("--http-port", "0", "--echo-port", "0"));
        try (RunningContainer container = new RunningContainer(new ProcessBuilder(command))) {
            assertThat(container.endsWithin(millis)).isFalse();
            assertEndsInOrder(container);
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    /** The folders of bundles come one by one, and the starts after the last one. */
    @ParameterizedTest
    @CsvSource({"TERM, 1", "KILL, 1", "TERM, 9", "KILL, 9", "TERM, 13", "KILL, 14", "TERM, 19", "KILL, 19"})
    void signal_betweenTheBundlesOfAFirstStart_leavesAStorageThatStarts(String name, int bundle, @TempDir Path folder)
            throws Exception {
        Path storage = folder.resolve("kept");
        List<String> command = RunningContainer.java(Path.of(JAR));
        command.addAll(List.of("--http-port", "0", "--echo-port", "0", "--storage", storage.toString()));
        try (RunningContainer container = new RunningContainer(new ProcessBuilder(command))) {
            Path made = storage.resolve("bundle" + bundle);
            assertThat(Await.becomesTrue(Duration.ofSeconds(60), () -> Files.exists(made))).as(made + "").isTrue();
            container.signal(name);
            container.exitCode();
        }
        command.addAll(List.of("-c", "policy:current"));
        try (RunningContainer next = new RunningContainer(new ProcessBuilder(command))) {
            int code = next.exitCode();
            assertThat(String.join("\n", next.output())).contains("* default").doesNotContain("warning:", "error:");
            assertThat(code).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" </dev/null", " <&-", " 0>/dev/null", " <&- >&1 2>&1"})
    void inputThatIsNotThere_isServedOn(String redirection) throws Exception {
        try (RunningContainer container = run(redirection)) {
            container.await(SERVES);
            assertThat(String.join("\n", container.output())).doesNotContain("g! ");
            assertEndsInOrder(container);
        }
    }

    @Test
    void endOfInput_beforeAnyCommand_serves() throws Exception {
        try (RunningContainer container = new RunningContainer()) {
            container.type("");
            container.type("# a comment is no command");
            container.endInput();
            container.await(SERVES);
            try (EchoClient client = EchoClient.connect(container.echoPort(), container)) {
                client.awaitProgress();
                assertEndsInOrder(container);
                assertThat(client.awaitEnd()).isNull();
            }
        }
    }

    @Test
    void serve_continuesAfterCommands() throws Exception {
        try (RunningContainer container = new RunningContainer("--serve")) {
            container.type("start aio.policy.winselector");
            container.endInput();
            container.await("policy: default -> winselector");
            container.await(SERVES);
            assertEndsInOrder(container);
        }
        try (RunningContainer container = new RunningContainer("--serve", "-c", "start aio.policy.winselector")) {
            container.await("policy: default -> winselector");
            container.await(SERVES);
            assertEndsInOrder(container);
        }
    }

    @Test
    void serve_endsWithExit() throws Exception {
        try (RunningContainer container = new RunningContainer("--serve", "-c", "policy:current; exit; policy:list")) {
            assertThat(container.exitCode()).isZero();
            assertThat(container.output()).doesNotContain(SERVES);
        }
    }

    /** A serving container reports what happens, and ends with the framework. */
    @Test
    void serving_endsWhenTheFrameworkIsStopped() throws Exception {
        try (RunningContainer container = new RunningContainer("--serve", "-c", "felix:stop 0")) {
            assertThat(container.exitCode()).isZero();
        }
    }
}
