package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The container with io_uring, where it was built: live, and on a Java that is too old for it. */
@Timeout(180)
class UringRunIT {
    private static final Path JAR = Path.of(System.getProperty("aio.jar"));

    private static void assumeItWasBuilt() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assumeTrue(jar.getEntry("bundles/aio-policy-uring.jar") != null, "NOT tested: io_uring was left out");
        }
    }

    @Test
    void startedAndStopped_underALiveClient_withoutAWarning() throws Exception {
        assumeItWasBuilt();
        assumeTrue(Runtime.version().feature() >= 22 && System.getProperty("os.name").equals("Linux"),
                "io_uring was NOT tested: it needs Java 22 and Linux");
        try (RunningContainer container = new RunningContainer();
                EchoClient client = EchoClient.connect(container.echoPort(), container)) {
            client.awaitProgress();
            assertThat(container.ask("start aio.policy.uring")).containsPattern("policy: default -> uring \\(rank 150,"
                    + " service arrived\\); 1 loop, [1-9]\\d* connections? kept, 0 lost, longest pause ");
            client.awaitProgress();
            assertThat(container.ask("loop:list")).contains("io_uring from aio.policy.uring [");
            assertThat(container.ask("policy:why uring")).contains("* uring: current, rank 150, from aio.policy.uring");
            assertThat(container.ask("stop aio.policy.uring")).containsPattern("policy: uring -> default \\(bundle \\d+"
                    + " stopped\\); 1 loop, [1-9]\\d* connections? kept, 0 lost, ");
            client.awaitProgress();
            assertThat(client.stop()).isNull();
            container.type("exit");
            assertThat(container.exitCode()).isZero();
            // warnings of native access, which the manifest allows, and of descriptors, which it lets the JDK tell
            assertThat(String.join("\n", container.output())).doesNotContainIgnoringCase("warning", "io_uring driver");
        }
    }

    @Test
    void onAnOlderJava_itDoesNotStart_andTheReasonIsTold() throws Exception {
        assumeItWasBuilt();
        Optional<Path> older = older();
        assumeTrue(older.isPresent(), "NOT tested on Java 17: none lies beside " + System.getProperty("java.home"));
        List<String> command = RunningContainer.java(JAR);
        command.set(0, older.orElseThrow().resolve("bin/java").toString());
        command.addAll(List.of("--http-port", "0", "--echo-port", "0", "-c",
                "start aio.policy.uring; policy:use uring; policy:why; policy:current"));
        try (RunningContainer container = new RunningContainer(new ProcessBuilder(command))) {
            assertThat(container.exitCode()).isEqualTo(1);
            String reason = "Bundle aio.policy.uring \\[\\d+] is installed, and cannot be started: it requires"
                    + " \\(&\\(osgi.ee=JavaSE\\)\\(version=22\\)\\), and this is Java 17: run the framework on a Java"
                    + " that it accepts";
            assertThat(String.join("\n", container.output()))
                    .containsPattern("error: Unable to resolve aio.policy.uring .*\\(version=22\\)")
                    .containsPattern("error: no policy 'uring'; present: default. " + reason + "\n")
                    .containsPattern("\n  not started: uring: " + reason + "\n")
                    .contains("\n* default ");
        }
    }

    /** Finds a JDK of the oldest release that aio runs on, beside the one in use. */
    private static Optional<Path> older() throws IOException {
        Path homes = Path.of(System.getProperty("java.home")).toRealPath().getParent();
        try (Stream<Path> all = Files.list(homes)) {
            return all.filter(UringRunIT::isOlder).findFirst();
        }
    }

    private static boolean isOlder(Path home) {
        try {
            return Files.isExecutable(home.resolve("bin/java"))
                    && Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"17.");
        } catch (IOException e) {
            return false; // not a JDK
        }
    }
}
