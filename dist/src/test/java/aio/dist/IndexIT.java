package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.staged.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The index of what has been staged, as the OSGi repository that it is: its addresses lead to what it describes, and a
 * bndrun that has aio from nowhere else resolves against it to a container that works. {@code release/use} runs it.
 */
@Timeout(600)
@EnabledIfSystemProperty(named = "outside.staging", matches = ".+", disabledReason = "run by release/use")
class IndexIT {
    private static final Path WORK = Path.of(System.getProperty("basedir", ""), "target", "index").toAbsolutePath();
    private static final Path HOME = WORK.resolve("../../..").normalize();
    private static final Path TEMPLATE = HOME.resolve("archetypes/component/src/main/resources/archetype-resources");
    /** What opens no port of its own. */
    private static final List<String> BUNDLES = List.of("aio.policy.core", "aio.policy.default",
            "aio.policy.winselector", "aio.policy.winproactor", "aio.policy.console", "aio.policy.jmx",
            "aio.policy.jfr", "aio.tasks");

    private static Staged staged;
    private static Path index;

    @BeforeAll
    static void find() throws IOException {
        staged = Staged.named("outside.staging");
        index = staged.file("aio-index", "-index.xml");
    }

    private static List<String> attributes(String name) throws IOException {
        String attribute = "<attribute name=\"" + name + "\" value=\"([^\"]+)\"( type=\"\\w+\")?/>";
        return Pattern.compile(attribute).matcher(Files.readString(index)).results()
                .map(each -> each.group(1)).toList();
    }

    @Test
    void addresses_leadToWhatIsDescribed() throws Exception {
        List<String> addresses = attributes("url");
        List<String> digests = attributes("osgi.content");
        List<String> sizes = attributes("size");
        assertThat(addresses).hasSizeGreaterThan(15).doesNotHaveDuplicates().allMatch(each -> each.startsWith("../"));
        assertThat(digests).hasSameSizeAs(addresses);
        assertThat(sizes).hasSameSizeAs(addresses);
        for (int i = 0; i < addresses.size(); i++) {
            byte[] bytes = Files.readAllBytes(index.resolveSibling(addresses.get(i)).normalize());
            String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            assertThat(digests.get(i)).as(addresses.get(i)).isEqualToIgnoringCase(digest);
            assertThat(sizes.get(i)).isEqualTo(Integer.toString(bytes.length));
        }
    }

    @Test
    void everyBundleThatIsStaged_isDescribed_andNothingElse() throws IOException {
        TreeSet<String> bundles = new TreeSet<>();
        try (Stream<Path> files = Files.walk(staged.repository())) {
            for (Path file : files.filter(each -> each.toString().endsWith(".jar")).toList()) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    String name = jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
                    if (name != null) {
                        bundles.add(name.replaceFirst(";.*", ""));
                    }
                }
            }
        }
        assertThat(new TreeSet<>(attributes("osgi.identity"))).isEqualTo(bundles);
    }

    @Test
    void bndrun_resolvesAgainstIt_toAContainerThatWorks() throws Exception {
        ForeignMaven maven = ForeignMaven.in(WORK);
        Path project = Files.createDirectory(WORK.resolve("project"));
        Files.writeString(project.resolve("pom.xml"), pomWithoutAio());
        Files.writeString(project.resolve("run.bndrun"), "-standalone: " + index.toUri() + "\n" + run());
        maven.run(project, "package");

        List<String> command = RunningContainer.java(project.resolve("target/run.jar"));
        try (RunningContainer container = new RunningContainer(
                new ProcessBuilder(command).directory(project.toFile()))) {
            while (!container.await("INFO: policy: ").contains(" -> winselector (rank 100")) {
                // another policy may have come first
            }
            assertThat(container.ask("policy:list")).contains("winproactor", "default");
            assertThat(container.ask("lb")).contains("(" + staged.bundleVersion() + ")").doesNotContain("Installed");
            container.type("exit 0");
            assertThat(container.exitCode()).isZero();
        }
        assertThat(WORK.resolve("repository/io/github/aio-osgi")).doesNotExist();
    }

    /** The template of a component has all that is not aio, in the versions of this build. */
    private static String pomWithoutAio() throws IOException {
        String parent = Files.readString(HOME.resolve("pom.xml"));
        String pom = Files.readAllLines(TEMPLATE.resolve("pom.xml")).stream()
                .filter(line -> !line.contains("io.github.aio-osgi")).collect(Collectors.joining("\n"))
                .replace("${groupId}", "org.example").replace("${artifactId}", "indexed").replace("${version}", "1.0");
        return Pattern.compile("@([a-z.]+)@").matcher(pom).replaceAll(name -> property(parent, name));
    }

    private static String property(String pom, MatchResult name) {
        String element = Pattern.quote(name.group(1));
        return Pattern.compile("<" + element + ">([^<]+)</" + element + ">").matcher(pom).results().findFirst()
                .orElseThrow().group(1);
    }

    private static String run() throws IOException {
        String ours = BUNDLES.stream().map(name -> "    bnd.identity;id='" + name + "',\\\n")
                .collect(Collectors.joining());
        return Files.readAllLines(TEMPLATE.resolve("run.bndrun")).stream().filter(line -> !line.contains("'aio."))
                .collect(Collectors.joining("\n")).replace("    bnd.identity;id='${artifactId}',\\\n", ours);
    }
}
