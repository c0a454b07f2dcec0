package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import aio.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the archetypes generate is built by a developer without this repository, with its tests, and the container of
 * its bndrun is started. Part of {@code -Pfull}: it takes more than a minute.
 */
@Timeout(900)
class ArchetypesIT {
    private static final Path WORK =
            Path.of(System.getProperty("basedir", ""), "target", "archetypes").toAbsolutePath();
    private static final String GENERATE = "org.apache.maven.plugins:maven-archetype-plugin:"
            + System.getProperty("archetype.plugin.version") + ":generate";

    private static ForeignMaven maven;

    @BeforeAll
    static void begin() throws IOException {
        if (System.getProperty("outside.staging", "").isEmpty()) {
            Published.assertBuilt("-archetype", "mvn verify -Pfull -pl dist -am", "-Dit.test=ArchetypesIT"
                    + " -Dtest=PublishedTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dfailsafe.failIfNoSpecifiedTests=false");
        }
        maven = ForeignMaven.in(WORK);
    }

    private static Path generate(String archetype, String artifact, String... properties) throws Exception {
        List<String> command = new ArrayList<>(List.of(GENERATE, "-DarchetypeCatalog=internal",
                "-DarchetypeGroupId=" + Published.GROUP, "-DarchetypeArtifactId=" + archetype,
                "-DarchetypeVersion=" + System.getProperty("aio.version"),
                "-DgroupId=org.example", "-DartifactId=" + artifact, "-Dversion=1.0"));
        command.addAll(Arrays.asList(properties));
        maven.run(WORK, command.toArray(String[]::new));
        return WORK.resolve(artifact);
    }

    private static RunningContainer runJar(Path project) throws IOException {
        List<String> command = RunningContainer.java(project.resolve("target/run.jar"));
        return new RunningContainer(new ProcessBuilder(command).directory(project.toFile()));
    }

    private static void assertTestsHaveRun(String log) {
        assertThat(log).containsPattern("Tests run: [1-9]\\d*, Failures: 0, Errors: 0").contains("BUILD SUCCESS");
    }

    private static void assertImportsTheApiOnly(Path bundle) throws IOException {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            assertThat(jar.getEntry("aio/driver/selector/SelectorDriverFactory.class")).isNotNull();
            assertThat(jar.stream().map(Object::toString)).anyMatch(name -> name.startsWith("OSGI-INF/metatype/"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Import-Package").replaceAll("\"[^\"]*\"", "")
                    .split(",")).allMatch(clause -> clause.startsWith("aio.") || clause.startsWith("java."));
        }
    }

    @Test
    void policy_keepsAllContracts_andIsSwappedInItsContainer() throws Exception {
        Path project = generate("aio-policy-archetype", "calm-policy", "-DclassName=CalmPolicy", "-DpolicyName=calm");
        assertThat(project.resolve("src/main/java/org/example/CalmPolicy.java")).exists();
        assertThat(project.resolve("src/main/java/org/example/OwnDriver.java")).doesNotExist();
        // its driver is that of the default policy, whose methods fail at more calls in tests of their own
        assertTestsHaveRun(maven.run(project, "-Daio.faults.calls=1", "package"));
        assertImportsTheApiOnly(project.resolve("target/calm-policy-1.0.jar"));
        assertThat(maven.origins()).isNotEmpty().allMatch(line -> line.endsWith(">staged="));
        try (RunningContainer container = runJar(project)) {
            assertIsSwapped(container, "calm", "selector");
        }
    }

    @Test
    void policy_withADriverOfItsOwn_keepsTheContractOfDrivers() throws Exception {
        Path project = generate("aio-policy-archetype", "swift", "-Ddriver=own", "-Dpackage=org.example.swift");
        assertThat(project.resolve("src/main/java/org/example/swift/OwnDriver.java")).exists();
        assertTestsHaveRun(maven.run(project, "-Dtest=OwnDriverFactoryTest", "package"));
        assertImportsTheApiOnly(project.resolve("target/swift-1.0.jar"));
        try (RunningContainer container = runJar(project)) {
            assertIsSwapped(container, "own", "own");
        }
    }

    private static void assertIsSwapped(RunningContainer container, String name, String driver) throws Exception {
        while (!container.await("INFO: policy: ").contains(" -> " + name + " (rank 200")) {
            // the default policy may have come first
        }
        assertThat(container.ask("policy:list"))
                .containsPattern("\\* " + name + " +200 +current +" + driver + " ").contains("  default ");
        container.type("policy:use default");
        assertThat(container.await("INFO: policy: " + name + " -> default ")).contains("operator pinned it", " 0 lost");
        container.type("policy:auto");
        container.await("INFO: policy: default -> " + name + " (operator removed the pin)");
        container.type("exit 0");
        assertThat(container.exitCode()).isZero();
    }

    @Test
    void component_echoes_andKeepsItsConnectionThroughASwap() throws Exception {
        int port = FreePort.find();
        Path project = generate("aio-component-archetype", "parrot", "-DclassName=Parrot", "-Dport=" + port);
        assertTestsHaveRun(maven.run(project, "package"));
        try (RunningContainer container = runJar(project); EchoClient client = EchoClient.connect(port, container)) {
            client.awaitProgress();
            container.type("policy:use default");
            assertThat(container.await("INFO: policy: winselector -> default (operator pinned it)"))
                    .contains("1 connection kept, 0 lost");
            client.awaitProgress();
            assertThat(client.stop()).isNull();
            container.type("exit 0");
            assertThat(container.exitCode()).isZero();
        }
    }
}
