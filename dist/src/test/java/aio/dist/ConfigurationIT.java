package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/configuration.md shows is taken by File Install and the Configurator, live, and means what it says. */
@Timeout(180)
class ConfigurationIT {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("docs/configuration.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)<!-- (?:file: )?(\\S+) -->\n```\\w*\n(.*?)\n```");
    private static final long PATIENCE_SECONDS = 60;
    /** All of them except the pin are wrong, each in its way. */
    private static final Map<String, String> INVALID = Map.of(
            "aio.policy.cfg",
            """
            pin = default
            ranks = winselector=300, loud=high
            strict = maybe
            stop.wait.millis = soon
            history.size = 0
            """,
            "aio.policy.config",
            """
            pin="default"
            ranks=["winselector\\=300","loud\\=high"]
            strict="maybe"
            stop.wait.millis=L"60001"
            history.size=I"10001"
            """);

    @TempDir
    private Path home;

    private PlainFelix felix;
    private RunningContainer container;

    @BeforeEach
    void start() throws Exception {
        felix = PlainFelix.in(home);
        container = felix.start();
        felix.dropNamed();
        felix.dropBundle("aio-policy-winselector");
        awaitAnswer("policy:list", "* winselector   100  current  selector      1  ", "  default       min  standby");
    }

    @AfterEach
    void end() throws Exception {
        container.close();
    }

    /** Asks until the answer has all the parts: a file is taken up some time after it was dropped. */
    private void awaitAnswer(String command, String... parts) throws Exception {
        awaitAnswer(command, answer -> List.of(parts).stream().allMatch(answer::contains));
    }

    private void awaitAnswer(String command, Predicate<String> wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            String answer = container.ask(command);
            if (wanted.test(answer)) {
                return;
            }
            assertThat(System.nanoTime()).as("the last answer was not the wanted one, in:\n"
                    + String.join("\n", container.output())).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static String example(String name) throws IOException {
        Map<String, String> examples = new LinkedHashMap<>();
        Matcher example = EXAMPLE.matcher(Files.readString(DOCUMENT));
        while (example.find()) {
            examples.put(example.group(1), example.group(2) + "\n");
        }
        assertThat(examples).as("examples: each needs a test").containsOnlyKeys("aio.policy.cfg", "aio.policy.config",
                "aio.loop-front.cfg", "aio.policy.winselector.config", "configurator");
        return examples.get(name);
    }

    private void awaitPinAndRanks() throws Exception {
        awaitAnswer("policy:why",
                "* default: current, pinned, rank ",
                "  winselector: standby, rank 300, ",
                "ranking 300, from configuration aio.policy, instead of 100",
                "not current: the operator pinned 'default'");
    }

    /** The values in use are those of before: the settings of the examples. */
    private void assertInvalidIsRefused(String file, String wait, String size) throws Exception {
        felix.dropText(file, INVALID.get(file));
        String refused = "SEVERE: configuration aio.policy: ";
        container.await(refused + "strict is 'maybe', expected true or false; true is kept");
        container.await(refused + "stop.wait.millis is '" + wait
                + "', expected a whole number from 0 to 60000; 2000 is kept");
        container.await(refused + "history.size is '" + size
                + "', expected a whole number from 1 to 10000; 500 is kept");
        container.await(refused + "ranks has 'loud=high', expected NAME=RANKING with a whole number from -2147483648 to"
                + " 2147483647, min or max; it is left out");
        awaitPinAndRanks();
        awaitAnswer("policy:rank", answer -> answer.contains("winselector=300") && !answer.contains("loud"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aio.policy.cfg", "aio.policy.config"})
    void registry_isConfiguredByFile_liveAndInvalidValuesAreRefused(String file) throws Exception {
        felix.dropText(file, example(file));
        container.await("INFO: policy: winselector -> default (configuration); 1 loop, 0 connections kept, 0 lost");
        awaitPinAndRanks();
        assertThat(container.ask("policy:rank")).contains("loud=min", "winselector=300");
        assertThat(container.output()).noneMatch(line -> line.startsWith("SEVERE"));
        if (file.endsWith(".cfg")) {
            assertInvalidIsRefused(file, "soon", "0");
        } else {
            assertInvalidIsRefused(file, "60001", "10001");
        }
        felix.delete(file);
        container.await("INFO: policy: default -> winselector (configuration); 1 loop, 0 connections kept, 0 lost");
        awaitAnswer("policy:list", "* winselector   100  current");
    }

    @Test
    void console_writesBackIntoTheFile() throws Exception {
        felix.dropText("aio.policy.cfg", example("aio.policy.cfg"));
        awaitPinAndRanks();
        container.ask("policy:auto");
        awaitFile("aio.policy.cfg", text -> !text.contains("pin") && text.contains("winselector=300"));
        container.ask("policy:use winselector");
        awaitFile("aio.policy.cfg", text -> text.contains("pin = \"winselector\""));
    }

    @Test
    void managedLoop_comesAndGoesWithItsFile() throws Exception {
        felix.dropText("aio.loop-front.cfg", example("aio.loop-front.cfg"));
        awaitAnswer("loop:list", "  edge    running  selector from aio.policy.winselector ");
        assertThat(container.ask("loop:list")).contains("  shared ").doesNotContain("front");
        felix.delete("aio.loop-front.cfg");
        awaitAnswer("loop:list", "\n  shared  running  ");
        awaitAnswer("try { loop:info edge } { echo gone }", "gone");
    }

    @Test
    void rankingOfAPolicy_changesWithItsFile_withoutASwapAwayAndBack() throws Exception {
        felix.dropText("aio.policy.winselector.config", example("aio.policy.winselector.config"));
        awaitAnswer("policy:why winselector", "* winselector: current, rank -5, ",
                "ranking -5, from service.ranking of service ");
        felix.delete("aio.policy.winselector.config");
        awaitAnswer("policy:list", "* winselector   100  current");
        felix.dropText("aio.policy.winselector.cfg", "service.ranking = 300\n");
        awaitAnswer("policy:why winselector", "* winselector: current, rank 0, ",
                "service.ranking is '300' of type String, expected an Integer: it counts as 0.");
        assertThat(container.output()).noneMatch(line -> line.startsWith("INFO: policy: winselector -> "));
    }

    @Test
    void everythingAtOnce_isConfiguredByTheConfigurator() throws Exception {
        for (String bundle : List.of("org.apache.felix.configurator", "org.apache.felix.cm.json",
                "org.apache.felix.converter", "jakarta.json")) {
            felix.dropBundle(bundle);
        }
        felix.drop(bundleWith(example("configurator")));
        awaitPinAndRanks();
        awaitAnswer("policy:why default", "* default: current, pinned, rank 50, ");
        awaitAnswer("loop:list", "  edge    running  selector from aio.policy.default ");
        assertThat(container.ask("policy:rank")).contains("loud=min", "winselector=300");
        assertThat(container.output()).noneMatch(line -> line.startsWith("SEVERE"));
        assertInvalidIsRefused("aio.policy.cfg", "soon", "0");
    }

    private void awaitFile(String name, Predicate<String> wanted) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Path file = home.resolve("load").resolve(name);
        while (!wanted.test(Files.readString(file))) {
            assertThat(System.nanoTime())
                    .as("not written to " + file + ":\n" + Files.readString(file))
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** Makes a bundle that contains only a configuration. */
    private Path bundleWith(String json) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "settings");
        main.putValue("Require-Capability",
                "osgi.extender;filter:=\"(&(osgi.extender=osgi.configurator)(version>=1.0)(!(version>=2.0)))\"");
        Path jar = home.resolve("settings.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("OSGI-INF/configurator/settings.json"));
            out.write(json.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return jar;
    }
}
