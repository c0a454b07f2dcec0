package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container whose user may start no thread any more, as by {@code ulimit -u}, and later may again. */
@Timeout(180)
class NoThreadsIT {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    /** As a user that nobody else is: its threads are those of the container. */
    private static final List<String> AS_USER =
            List.of(SETPRIV.toString(), "--reuid=54321", "--regid=54321", "--clear-groups");
    private static final int ENOUGH = 1_000;

    @TempDir
    Path folder;

    @Test
    void withoutAThread_connectionsAreServed_andTheConsoleSaysSo() throws Exception {
        int port = FreePort.find();
        try (RunningContainer container = start(port); EchoClient client = EchoClient.connect(port, container)) {
            container.await("aio: policy 'default'");
            client.awaitProgress();
            container.limitThreads(1, AS_USER);
            container.type("start aio.policy.winselector");
            assertThat(container.await("error: ")).contains("unable to create native thread", "ulimit -u");
            client.awaitProgress();
            try (EchoClient newcomer = EchoClient.connect(port, container)) {
                newcomer.awaitProgress();
                assertThat(newcomer.stop()).isNull();
            }

            container.limitThreads(ENOUGH, AS_USER);
            container.type("start aio.policy.winselector");
            assertThat(container.await("policy: default -> winselector")).contains(" 0 lost");
            client.awaitProgress();
            assertThat(client.stop()).isNull();
            container.type("exit");
            assertThat(container.exitCode()).as("a command has failed").isEqualTo(1);
        }
    }

    @Test
    void withoutAThread_itEnds_andItsConnectionsWithIt() throws Exception {
        int port = FreePort.find();
        try (RunningContainer container = start(port); EchoClient client = EchoClient.connect(port, container)) {
            container.await("aio: policy 'default'");
            client.awaitProgress();
            container.limitThreads(1, AS_USER);
            container.type("exit");
            assertThat(container.await("warning: ")).contains("did not stop cleanly");
            container.exitCode();
            assertThat(client.stop()).as("the server has ended the connection").isNotNull();
        }
    }

    private RunningContainer start(int port) throws IOException {
        assumeTrue(Files.isExecutable(SETPRIV), "SKIPPED: " + SETPRIV + " (util-linux) is not there");
        assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: only root can start it as another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path jar = Files.copy(Path.of(System.getProperty("aio.jar")), folder.resolve("aio.jar"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
        List<String> command = new ArrayList<>(AS_USER);
        command.addAll(RunningContainer.java(jar));
        command.addAll(List.of("--echo-port", Integer.toString(port), "--http-port", "0",
                "--storage", folder.resolve("storage").toString()));
        return new RunningContainer(new ProcessBuilder(command));
    }
}
