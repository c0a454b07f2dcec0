package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.staged.Staged;
import aio.dist.staged.Upgrade;
import aio.testkit.net.BlockingClient;
import aio.testkit.net.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * An older version in a Karaf that runs, and a newer one that takes its place: as a KAR, and from the address of the
 * features. {@code release/upgrade} stages both and says by properties where they are.
 */
@Timeout(420)
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "Karaf 4.4 needs the security manager, which 24 has no more")
@EnabledIfSystemProperty(named = Upgrade.OLDER, matches = ".+", disabledReason = Upgrade.RUNNER)
class KarafUpgradeIT {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String OPTIONAL = "aio-winselector aio-example";
    private static final List<String> BUNDLES =
            List.of("api", "core", "default", "console.karaf", "winselector");

    private static Staged older;
    private static Staged newer;

    @TempDir
    private Path base;

    @BeforeAll
    static void find() throws IOException {
        Upgrade upgrade = Upgrade.named();
        older = upgrade.older();
        newer = upgrade.newer();
    }

    @Test
    void kar_isReplacedInTheFolderDeploy() throws Exception {
        try (KarafProcess karaf = KarafProcess.startStock(base, "");
                KarafShell admin = new KarafShell(karaf.sshPort(), "admin")) {
            endFirstStart(karaf, admin);
            karaf.replaceKar(older.file("aio-karaf", ".kar"));
            awaitKar(karaf, admin, older);
            admin.succeed("feature:install " + OPTIONAL);
            choose(karaf, admin);
            try (BlockingClient idle = served(karaf)) {
                karaf.replaceKar(newer.file("aio-karaf", ".kar"));
                assertThat(idle.isAtEnd()).as("a connection ends in order, with the core that carried it").isTrue();
            }
            // the older KAR takes along what was installed of its features; the newer one brings what installs itself
            awaitKar(karaf, admin, newer);
            admin.succeed("feature:install " + OPTIONAL);
            assertUpgraded(karaf, admin);
            karaf.restart();
            karaf.await(admin, "policy:current; loop:list");
            assertUpgraded(karaf, admin);
        }
    }

    @Test
    void features_areUpgraded_fromTheirAddress() throws Exception {
        try (KarafProcess karaf = KarafProcess.startStock(base, repositories());
                KarafShell admin = new KarafShell(karaf.sshPort(), "admin")) {
            karaf.await(admin, "feature:repo-add " + features(older));
            admin.succeed("feature:install aio-console " + OPTIONAL);
            choose(karaf, admin);
            try (BlockingClient idle = served(karaf)) {
                admin.succeed("feature:repo-add " + features(newer));
                admin.succeed("feature:install --upgrade aio aio-console " + OPTIONAL);
                assertThat(idle.isAtEnd()).as("a connection ends in order, with the core that carried it").isTrue();
            }
            admin.succeed("feature:repo-remove " + features(older));
            assertUpgraded(karaf, admin);
        }
    }

    /**
     * In its first start Karaf may start its features service anew, at any time. What the deployer asks of the one
     * before is refused, and the KAR that it has in hand is not tried again.
     */
    private static void endFirstStart(KarafProcess karaf, KarafShell admin) throws Exception {
        karaf.await(admin, "feature:list");
        await(karaf, admin, "feature:list -i --no-format", "^kar\\s.*\\sStarted\\s");
        karaf.restart();
        karaf.await(admin, "feature:list");
    }

    /** The last that the deployer does with a KAR is to require the feature {@code aio}. */
    private static void awaitKar(KarafProcess karaf, KarafShell admin, Staged staged) {
        karaf.await(admin, "feature:list");
        await(karaf, admin, "feature:list -i --no-format",
                "^aio\\s+" + Pattern.quote(staged.bundleVersion()) + "\\s+x\\s");
    }

    private static String repositories() {
        return "file://" + older.repository() + "@id=older@snapshots,file://" + newer.repository()
                + "@id=newer@snapshots," + System.getProperty("fetched.repositories");
    }

    private static String features(Staged staged) {
        return "mvn:io.github.aio-osgi/aio-karaf/" + staged.version() + "/xml/features";
    }

    private static void choose(KarafProcess karaf, KarafShell admin) throws Exception {
        karaf.awaitCurrent(admin, "winselector");
        admin.succeed("policy:use default");
        admin.succeed("policy:rank winselector 300");
        assertServes(karaf);
        assertChosen(admin, older, newer);
    }

    private static BlockingClient served(KarafProcess karaf) throws IOException {
        BlockingClient client = BlockingClient.connect(karaf.echo());
        client.send("before");
        assertThat(client.receiveText(6)).isEqualTo("before");
        return client;
    }

    private static void assertUpgraded(KarafProcess karaf, KarafShell admin) throws Exception {
        karaf.awaitCurrent(admin, "default");
        await(karaf, admin, "policy:list", "winselector");
        assertChosen(admin, newer, older);
        assertServes(karaf);
    }

    private static void await(KarafProcess karaf, KarafShell admin, String command, String pattern) {
        Pattern expected = Pattern.compile(pattern, Pattern.MULTILINE);
        AtomicReference<String> seen = new AtomicReference<>("");
        Deadline.await(SOON, () -> {
            try {
                seen.set(admin.run(command).text());
                return expected.matcher(seen.get()).find();
            } catch (IOException e) { // while Karaf is still busy with its own start
                seen.set(e.toString());
                return false;
            }
        }, () -> "'" + command + "' does not show '" + pattern + "':\n" + seen + "\n" + karaf.log());
    }

    /** The pin and the rank are there, and bundles of one version alone. */
    private static void assertChosen(KarafShell admin, Staged present, Staged absent) throws IOException {
        assertThat(admin.succeed("policy:list"))
                .containsPattern("\\* default +min +current, pinned ")
                .containsPattern("  winselector +300 +standby ");
        List<String> bundles = admin.succeed("bundle:list -s -t 0 --no-format").lines()
                .filter(line -> line.contains("aio.")).toList();
        for (String bundle : BUNDLES) {
            assertThat(bundles).filteredOn(line -> line.contains("aio.policy." + bundle)).as(bundle)
                    .anyMatch(line -> line.contains("Active") && line.contains(present.bundleVersion()));
        }
        assertThat(bundles).noneMatch(line -> line.contains(absent.bundleVersion()));
    }

    private static void assertServes(KarafProcess karaf) throws InterruptedException {
        Traffic traffic = Traffic.start(karaf.echo(), 4);
        traffic.awaitProgress();
        traffic.stop();
    }
}
