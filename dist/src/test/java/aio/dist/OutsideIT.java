package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.net.Traffic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A foreign policy, built from nothing but what a release consists of: its bundle comes, is updated and goes under
 * checked connections, in the container of {@code ./run}, in a plain Felix and in Equinox.
 */
@Timeout(600)
class OutsideIT {
    private static final int CONNECTIONS = 200;
    private static final Duration REST = Duration.ofMillis(200);
    private static final String JAR = "careful-policy.jar";
    private static final String ARRIVES = "policy: default -> careful (rank 200, service arrived);";
    private static final String LEAVES = "policy: careful -> default (bundle ";

    private static OutsideProject project;
    private static Path first;
    private static Path second;

    @BeforeAll
    static void build() throws Exception {
        project = OutsideProject.clean();
        first = project.build("1.0");
        second = project.build("1.1", "-DskipTests");
    }

    @Test
    void projectIsBuiltFromWhatIsStaged_andItsContractSuiteHasRun() throws Exception {
        assertThat(project.log("1.0")).containsPattern("Tests run: [1-9]\\d*, Failures: 0, Errors: 0")
                .contains("BUILD SUCCESS");
        assertThat(project.origins()).isNotEmpty().allMatch(line -> line.endsWith(">staged="));
    }

    /** What a driver is compiled with must not become an import of bundles that embed it. */
    @Test
    void bundleWithADriverInside_importsTheApiOnly() throws IOException {
        try (JarFile jar = new JarFile(first.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Bundle-Version")).isEqualTo("1.0.0");
            assertThat(jar.getEntry("aio/driver/selector/SelectorDriverFactory.class")).isNotNull();
            assertThat(manifest.getValue("Import-Package").replaceAll("\"[^\"]*\"", "").split(","))
                    .allMatch(clause -> clause.startsWith("aio.") || clause.startsWith("java."));
        }
    }

    @Test
    void inTheContainerOfRun() throws Exception {
        try (RunningContainer container = new RunningContainer()) {
            Traffic traffic = traffic(container);
            container.type("install " + first.toUri());
            container.type("start org.example.careful");
            awaitSwap(container, traffic, ARRIVES);
            container.type("update org.example.careful " + second.toUri());
            awaitSwap(container, traffic, LEAVES);
            awaitSwap(container, traffic, ARRIVES);
            container.type("uninstall org.example.careful");
            awaitSwap(container, traffic, LEAVES);
            traffic.stop();
            assertThat(container.ask("policy:list")).contains("* default").doesNotContain("careful");
        }
    }

    @Test
    void inFelix(@TempDir Path home) throws Exception {
        PlainFelix felix = PlainFelix.in(home);
        try (RunningContainer container = felix.start()) {
            comesIsUpdatedAndGoes(felix, container);
        }
    }

    @Test
    void inEquinox(@TempDir Path home) throws Exception {
        PlainFelix equinox = PlainFelix.in(home);
        try (RunningContainer container = equinox.startEquinox()) {
            comesIsUpdatedAndGoes(equinox, container);
        }
    }

    private static void comesIsUpdatedAndGoes(PlainFelix felix, RunningContainer container) throws Exception {
        felix.dropText("aio.example.echo.Echo.cfg", "port = " + container.echoPort() + "\n");
        felix.dropText("aio.example.echo.HttpResponder.cfg", "port = 0\n");
        felix.dropNamed();
        container.await("INFO: policy: none -> default (rank min, service arrived)");
        felix.dropBundle("aio-example-echo");
        Traffic traffic = traffic(container);
        felix.drop(first, JAR);
        awaitSwap(container, traffic, "INFO: " + ARRIVES);
        felix.drop(second, JAR);
        awaitSwap(container, traffic, "INFO: " + LEAVES);
        awaitSwap(container, traffic, "INFO: " + ARRIVES);
        felix.delete(JAR);
        awaitSwap(container, traffic, "INFO: " + LEAVES);
        traffic.stop();
    }

    private static Traffic traffic(RunningContainer container) throws Exception {
        try (EchoClient listening = EchoClient.connect(container.echoPort(), container)) {
            listening.awaitProgress();
            assertThat(listening.stop()).isNull();
        }
        InetSocketAddress echo = new InetSocketAddress(InetAddress.getLoopbackAddress(), container.echoPort());
        Traffic traffic = Traffic.start(echo, CONNECTIONS, REST);
        traffic.awaitProgress();
        return traffic;
    }

    private static void awaitSwap(RunningContainer container, Traffic traffic, String line) throws Exception {
        assertThat(container.await(line)).contains(" 0 lost");
        traffic.awaitProgress();
    }
}
