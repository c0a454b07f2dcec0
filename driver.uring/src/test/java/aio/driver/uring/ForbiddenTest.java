package aio.driver.uring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The system itself refuses, in a process of its own: by a filter such as containers have, and by a limit. */
@Timeout(60)
class ForbiddenTest {

    @ParameterizedTest
    @CsvSource({
        "425, 1, io_uring_setup returned EPERM on Linux, let the seccomp profile of the container allow io_uring_setup",
        "425, 13, io_uring_setup returned EACCES on Linux, let the seccomp profile of the container allow",
        "425, 38, io_uring_setup returned ENOSYS on Linux, or a seccomp profile hides it",
        "425, 12, io_uring_setup returned ENOMEM on Linux, raise it with ulimit -l or LimitMEMLOCK",
        "426, 1, io_uring_enter returned EPERM on Linux, let the seccomp profile of the container allow",
        "427, 1, IORING_REGISTER_PROBE returned EPERM on Linux, let the seccomp profile of the container allow",
    })
    void filteredCall_isNamed_withWhatToDo(String call, String errno, String returned, String advice)
            throws Exception {
        List<String> command = java();
        command.addAll(List.of("forbid", call, errno));
        assertThat(run(command)).contains(returned, advice);
    }

    @Test
    void limitOfDescriptors_isNamed_whenItIsReached() throws Exception {
        assumeTrue(Path.of("/bin/sh").toFile().exists());
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -n 100; exec \"$@\"", "sh"));
        command.addAll(java());
        command.addAll(List.of("drivers", "100"));
        String told = run(command);
        assertThat(told).containsPattern("^[1-9]\\d* opened, then ");
        // what is opened last is a channel or a selector of the JDK, or a descriptor of the driver
        assertThat(told).containsAnyOf("returned EMFILE on Linux", "Too many open files");
    }

    private static List<String> java() {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Forbidden.class.getName()));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
