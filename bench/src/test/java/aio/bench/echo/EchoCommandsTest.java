package aio.bench.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aio.bench.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every command gives its figures; their values do not matter here. */
@EnabledOnOs(OS.LINUX) // the CPU time comes from /proc
@Timeout(180)
class EchoCommandsTest {
    private static final List<String> QUICK =
            List.of("--launches", "1", "--rounds", "1", "--warmup", "0", "--seconds", "0.1");

    @TempDir
    Path results;

    @Test
    void echoLeavesOutWhatIsMissingAndNamesIt() throws Exception {
        List<String> args =
                new ArrayList<>(arguments("aio selector,uvloop,aio selector (A/A)", "64 B x 2,100 KiB x 2"));
        args.addAll(List.of("--python", "/there/is/no/python"));
        EchoCommands.echo(new Options(args));
        assertThat(figures("echo", "64 B x 2", "aio selector"))
                .isEqualTo(figures("echo", "100 KiB x 2", "aio selector (A/A)"))
                .containsExactlyInAnyOrder("cpu", "load", "alloc", "throughput", "p50", "p99", "max", "open", "errors");
        assertThat(Files.readString(results.resolve("echo.csv")))
                .contains("# left out: uvloop", "/there/is/no/python", "# revision: ", "# peers: Netty ")
                .doesNotContain("64 B x 2,uvloop,");
    }

    @Test
    void connections() throws Exception {
        EchoCommands.connections(options("Netty NIO,Vert.x", "1 KiB x 30"));
        assertThat(figures("connections", "1 KiB x 30", "Netty NIO")).contains("open", "p99");
        assertThat(figures("connections", "1 KiB x 30", "Vert.x")).contains("open", "p99");
    }

    @Test
    void programsInCServeOrAreNamed() throws Exception {
        EchoCommands.echo(options("C epoll,C io_uring", "64 B x 2,100 KiB x 2"));
        String text = Files.readString(results.resolve("echo.csv"));
        for (String subject : List.of("C epoll", "C io_uring")) {
            assertThat(text.contains("# left out: " + subject) || text.contains("100 KiB x 2," + subject + ","))
                    .as(text).isTrue();
        }
    }

    @Test
    void latency() throws Exception {
        EchoCommands.latency(options("java.nio", "64 B x 1"));
        assertThat(figures("latency", "64 B x 1", "java.nio")).contains("p50");
    }

    @Test
    void tls() throws Exception {
        EchoCommands.tls(options("aio selector,Netty NIO", "1 KiB x 2"));
        assertThat(figures("tls", "1 KiB x 2", "aio selector")).contains("cpu");
        assertThat(figures("tls", "1 KiB x 2", "Netty NIO")).contains("cpu");
    }

    @Test
    void completion() throws Exception {
        EchoCommands.completion(options("aio proactor", "1 KiB x 4"));
        assertThat(figures("completion", "1 KiB x 4", "aio proactor"))
                .contains("newcomers", "newcomer p99", "newcomer max");
    }

    @Test
    void growthConnections() throws Exception {
        EchoCommands.growthConnections(options("NIO.2", "1 KiB x 1,1 KiB x 30"));
        assertThat(figures("growth-connections", "1 KiB x 30", "NIO.2")).contains("cpu");
    }

    @Test
    void wrongNamesAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> EchoCommands.echo(options("java.oi", "64 B x 1")))
                .withMessageContaining("java.oi").withMessageContaining("Netty epoll");
        assertThatIllegalArgumentException().isThrownBy(() -> EchoCommands.tls(options("java.nio", "64 B x 1")))
                .withMessageContaining("no TLS");
        assertThatIllegalArgumentException().isThrownBy(() -> EchoCommands.echo(options("java.nio", "many")))
                .withMessageContaining("many").withMessageContaining("1 KiB x 32");
    }

    private Options options(String subjects, String cases) {
        return new Options(arguments(subjects, cases));
    }

    private List<String> arguments(String subjects, String cases) {
        List<String> args = new ArrayList<>(QUICK);
        args.addAll(List.of("--subjects", subjects, "--cases", cases, "--results", results.toString()));
        return args;
    }

    /** Returns the names of the figures, all of them above zero except for the errors. */
    private List<String> figures(String table, String what, String subject) throws Exception {
        Map<String, Double> figures = Files.readAllLines(results.resolve(table + ".csv")).stream()
                .filter(line -> line.startsWith(table + "," + what + "," + subject + ",1,"))
                .map(line -> line.split(",", -1))
                .collect(Collectors.toMap(parts -> parts[4], parts -> Double.valueOf(parts[5])));
        assertThat(figures.get("errors")).as("errors in %s", figures).isZero();
        assertThat(figures).as("figures").allSatisfy((name, value) ->
                assertThat(name.equals("errors") || name.equals("alloc") || Double.isFinite(value) && value > 0)
                        .as(name).isTrue());
        return List.copyOf(figures.keySet());
    }
}
