package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script behind {@code ./run --karaf}: it ends when it is told to, and shows its password to no other user. */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is one of Unix")
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "Karaf 4.4 needs the security manager, which 24 has no more")
class KarafRunIT {
    private static final Duration UP = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PASSWORD = "aio-run = ";

    @TempDir
    private Path folder;

    private Process process;

    @AfterEach
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private Path storage() {
        return folder.resolve("with a blank");
    }

    private Process run(String... options) throws IOException {
        Path script = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("run");
        List<String> command = new ArrayList<>(List.of(script.toString(), "--storage", storage().toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("printed").toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("EXTRA_JAVA_OPTS", "-Daio.of.mine=1");
        return builder.start();
    }

    private String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String printed() {
        return text(folder.resolve("printed"));
    }

    private String users() {
        return text(storage().resolve("etc/users.properties"));
    }

    @Test
    void withoutATerminal_serves_refusesAnotherOne_andEndsWithSigterm() throws Exception {
        process = run();
        Path log = storage().resolve("data/log/karaf.log");
        Deadline.await(UP, () -> text(log).contains("policy: none -> default"), () -> printed() + text(log));

        Process second = run("-c", "policy:current");
        assertThat(second.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isOne();
        assertThat(printed()).contains("is in use by process " + process.pid() + ": two containers cannot share one");

        assertThat(process.isAlive()).isTrue();
        assertThat(process.info().commandLine().orElse("")).contains(
                " --enable-native-access=ALL-UNNAMED ", " java.base/sun.nio.ch=ALL-UNNAMED ", " -Daio.of.mine=1 ");
        process.destroy();
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).as(this::printed).isTrue();
        Deadline.await(SOON, () -> Files.notExists(storage().resolve("run.lock")), () -> "the lock stays");
    }

    @Test
    void whatACommandReturns_isShownByAPipe_thePasswordIsShownInNoListOfProcesses_andStaysInNoFile() throws Exception {
        process = run("-c", "feature:install aio-health; policy:current; hc:exec aio | cat -");
        Deadline.await(SOON, () -> users().contains(PASSWORD), this::printed);
        String line = users().lines().filter(each -> each.startsWith(PASSWORD)).findFirst().orElseThrow();
        String password = line.substring(PASSWORD.length(), line.indexOf(','));
        List<String> seen = new ArrayList<>();
        Deadline.await(UP, () -> {
            process.descendants()
                    .map(child -> child.info().commandLine().orElse(""))
                    .filter(command -> command.contains(password))
                    .forEach(seen::add);
            return !process.isAlive();
        }, this::printed);
        assertThat(seen).isEmpty();
        assertThat(process.exitValue()).as(this::printed).isZero();
        assertThat(printed()).contains("* default").containsPattern("\naio: current policy +OK .* current: 'default'");
        assertThat(users()).doesNotContain("aio-run");
        assertThat(storage().resolve("run.lock")).doesNotExist();
    }

    @Test
    void sigterm_endsCommandsThatAreUnderWay() throws Exception {
        process = run("-c", "shell:sleep 100000");
        Deadline.await(UP, () -> printed().contains("karaf> shell:sleep"), this::printed);
        process.destroy();
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).as(this::printed).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(users()).doesNotContain("aio-run");
    }
}
