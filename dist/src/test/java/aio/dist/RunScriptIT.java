package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code run}, in a copy of the project that has no sources, so that nothing is newer than the jar. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is one of Unix")
class RunScriptIT {
    private static final Path HOME = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final String USAGE = "dist/src/main/resources/aio/dist/usage.txt";

    private static final List<String> COMMANDS = List.of("awk", "cat", "dirname", "find", "head", "mkdir", "mkfifo",
            "mktemp", "readlink", "rm", "sleep", "tee", "touch");

    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void copy() throws IOException {
        project = Files.createDirectories(folder.resolve("a project's folder"));
        for (String file : List.of("run", USAGE, "dist/karaf/run", "dist/karaf/usage.txt")) {
            Files.createDirectories(project.resolve(file).getParent());
            Files.copy(HOME.resolve(file), project.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private void copyJar() throws IOException {
        Files.createDirectories(project.resolve("dist/target"));
        Files.copy(Path.of(System.getProperty("aio.jar")), project.resolve("dist/target/aio.jar"));
    }

    private RunningContainer run(Path script, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(Arrays.asList(options));
        Path elsewhere = Files.createTempDirectory(folder, "else");
        ProcessBuilder builder = new ProcessBuilder(command).directory(elsewhere.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new RunningContainer(builder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "-c x --help", "--karaf --help", "--karaf -c x -h"})
    void help_buildsNothing(String options) throws Exception {
        try (RunningContainer container = run(project.resolve("run"), options.split(" "))) {
            assertThat(container.exitCode()).isZero();
            assertThat(container.output().get(0)).startsWith("usage: ./run ");
            assertThat(String.join("\n", container.output())).contains("--storage DIR").doesNotContain("building");
        }
        assertThat(project.resolve("dist/target")).doesNotExist();
        assertThat(Files.readString(project.resolve(USAGE))).isEqualTo(Options.usage());
    }

    @Test
    void symbolicLinks_toTheScriptAndTheFolder_fromElsewhere_work() throws Exception {
        copyJar();
        Path link = Files.createSymbolicLink(folder.resolve("link"), project);
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("link/run"));
        Path second = Files.createSymbolicLink(folder.resolve("second link"), first);
        for (Path script : List.of(project.resolve("run"), link.resolve("run"), first, second)) {
            try (RunningContainer container =
                    run(script, "--http-port", "0", "--echo-port", "0", "-c", "policy:current")) {
                assertThat(container.exitCode()).as(() -> String.join("\n", container.output())).isZero();
                assertThat(String.join("\n", container.output())).contains("* default");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<&-", "<&- >&-", "</dev/null"})
    void inputThatIsClosed_isServedOn_andSigtermEndsIt(String redirection) throws Exception {
        copyJar();
        Path said = folder.resolve("said");
        String script = "cd \"$1\" && exec ./run --http-port 0 --echo-port 0 " + redirection + " 2>\"$2\"";
        try (RunningContainer container =
                RunningContainer.ofShell("JAVA_HOME=\"$3\"; export JAVA_HOME; " + script, project.toString(),
                        said.toString(), System.getProperty("java.home"))) {
            if (redirection.contains(">&-")) {
                assertThat(container.endsWithin(3000)).as("it prints nothing, but must not end").isFalse();
            } else {
                container.await("aio: no more commands; serving");
            }
            container.signal("TERM");
            assertThat(container.exitCode()).as(Files.readString(said)).isEqualTo(143);
            assertThat(Files.readString(said)).isEmpty();
        }
    }

    /** Two builds at once do not spoil each other; the lock of a killed one does not stop the next. */
    @Test
    void buildThatFails_isSaid_andLeavesNoLock() throws Exception {
        Files.createDirectories(project.resolve("dist/target/run.lock"));
        Files.writeString(project.resolve("dist/target/run.lock/pid"), Long.toString(Long.MAX_VALUE));
        try (RunningContainer container = run(project.resolve("run"))) {
            assertThat(container.exitCode()).isEqualTo(1);
            assertThat(String.join("\n", container.output()))
                    .contains("aio: building, because ", "the build failed; all of its output is in ")
                    .as("the lock of a process that is there no more").doesNotContain("another ./run builds here");
        }
        assertThat(project.resolve("dist/target/run.lock")).doesNotExist();
    }

    @Test
    void withoutMaven_theWrapperBuilds() throws Exception {
        Path wrapper = Files.writeString(project.resolve("mvnw"), "#!/bin/sh\necho wrapped: \"$@\"\nexit 7\n");
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder(project.resolve("run").toString());
        builder.environment().putAll(
                Map.of("JAVA_HOME", System.getProperty("java.home"), "PATH", pathWithoutMaven().toString()));
        try (RunningContainer container = new RunningContainer(builder)) {
            assertThat(container.exitCode()).isEqualTo(1);
            String said = String.join("\n", container.output());
            assertThat(said).contains("the build failed; all of its output is in ");
            Path log = Path.of(said.substring(said.lastIndexOf(" in ") + " in ".length()));
            assertThat(log).content().contains("wrapped: -B -DskipTests package -pl dist -am");
        }
    }

    /** Makes a folder with the commands of the script, but without Maven. */
    private Path pathWithoutMaven() throws IOException {
        Path commands = Files.createDirectories(folder.resolve("commands"));
        for (String name : COMMANDS) {
            Path real = Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(each -> Path.of(each, name))
                    .filter(Files::isExecutable).findFirst().orElseThrow();
            Path command = Files.writeString(commands.resolve(name), "#!/bin/sh\nexec " + real + " \"$@\"\n");
            assertThat(command.toFile().setExecutable(true)).isTrue();
        }
        return commands;
    }
}
