package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code dist/karaf/run} and what it leaves in a kept storage, with scripts in the place of a Karaf. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is one of Unix")
class KarafScriptTest {
    private static final Path SCRIPT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("karaf/run");
    private static final String IN_USE = "is in use by process " + ProcessHandle.current().pid() + ": ";

    @TempDir
    private Path folder;

    private Path script;
    private Path etc;
    private Path lock;

    /** The client prints which users there are. */
    @BeforeEach
    void prepare() throws IOException {
        Assumptions.assumeTrue(Runtime.version().feature() <= 23, "SKIPPED: Karaf does not run on this Java");
        Path karaf = Files.createDirectories(folder.resolve("karaf/target/stock/apache-karaf-0"));
        script = Files.copy(SCRIPT, folder.resolve("karaf/run"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(folder.resolve("karaf/target/aio-0.kar"), "no archive");
        write(karaf.resolve("bin/karaf"), "#!/bin/sh\nexec sleep 600\n");
        write(karaf.resolve("bin/client"), "#!/bin/sh\ncat \"$KARAF_BASE/etc/users.properties\"\n");
        etc = folder.resolve("kept/etc");
        write(etc.resolve("org.apache.karaf.shell.cfg"), "sshPort = 8101\nsshHost = 0.0.0.0\n");
        write(etc.resolve("org.apache.karaf.management.cfg"), "rmiRegistryPort = 1099\nrmiServerPort = 44444\n");
        write(etc.resolve("users.properties"), "karaf = karaf,viewer\n");
        lock = folder.resolve("kept/run.lock");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** Runs a command; returns what is printed. */
    private List<String> run(int expected) throws Exception {
        ProcessBuilder command = new ProcessBuilder(script.toString(), "--storage", folder.resolve("kept").toString(),
                "-c", "anything");
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try (RunningContainer running = new RunningContainer(command)) {
            int code = running.exitCode();
            assertThat(code).as(() -> String.join("\n", running.output())).isEqualTo(expected);
            return running.output();
        }
    }

    @Test
    void usersOfAFileWithoutALastEndOfLine_stayWhoTheyAre() throws Exception {
        Files.writeString(etc.resolve("users.properties"), "karaf = karaf,viewer");
        assertThat(run(0)).contains("karaf = karaf,viewer").anyMatch(line -> line.startsWith("aio-run = "));
        assertThat(etc.resolve("users.properties")).hasContent("karaf = karaf,viewer");
        assertThat(run(0)).contains("karaf = karaf,viewer").filteredOn(line -> line.startsWith("aio-run")).hasSize(1);
        assertThat(etc.resolve("users.properties")).hasContent("karaf = karaf,viewer");
        assertThat(lock).doesNotExist();
    }

    @Test
    void lockOfAProcessThatRuns_isKept() throws Exception {
        write(lock.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
        assertThat(run(1)).anyMatch(line -> line.contains(IN_USE));
        assertThat(lock.resolve("pid")).exists();
    }

    /** The number is that of another process since: the system was started anew, or it has counted once around. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void lockOfAnEarlierProcessOfTheNumber_isTaken() throws Exception {
        write(lock.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
        write(lock.resolve("began"), "another start of the system\n4711\n");
        assertThat(run(0)).contains("karaf = karaf,viewer");
        assertThat(lock).doesNotExist();
    }

    @Test
    void lockThatDoesNotSayWhose_isTaken() throws Exception {
        Files.createDirectories(lock);
        assertThat(run(0)).contains("karaf = karaf,viewer");
        assertThat(lock).doesNotExist();
    }
}
