package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.staged.Staged;
import aio.dist.staged.Upgrade;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A storage that an older version has written, taken over by a newer one, and given back. {@code release/upgrade}
 * stages both and says by properties where they are.
 */
@Timeout(180)
@EnabledIfSystemProperty(named = Upgrade.OLDER, matches = ".+", disabledReason = Upgrade.RUNNER)
class UpgradeIT {
    private static final String CHOOSE =
            "start aio.policy.winselector; policy:use default; policy:rank winselector 300; start aio.policy.jmx";

    private static Staged older;
    private static Staged newer;

    @TempDir
    private Path folder;

    @BeforeAll
    static void find() throws IOException {
        Upgrade upgrade = Upgrade.named();
        older = upgrade.older();
        newer = upgrade.newer();
    }

    private String run(Staged staged, String commands) throws Exception {
        List<String> command = RunningContainer.java(staged.file("aio-dist", ".jar"));
        command.addAll(List.of("--http-port", "0", "--echo-port", "0", "--storage", folder.resolve("kept").toString(),
                "-c", commands));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        try (RunningContainer container = new RunningContainer(builder)) {
            int code = container.exitCode();
            String output = String.join("\n", container.output());
            assertThat(code).as(output).isZero();
            assertThat(output).doesNotContain("ERROR", "WARNING", "Exception");
            return output;
        }
    }

    private static void assertChosen(String output, Staged present, Staged absent) {
        String version = " \\(" + Pattern.quote(present.bundleVersion()) + "\\)";
        assertThat(output).containsPattern("\n\\* default +min +current, pinned ")
                .containsPattern("\n  winselector +300 +standby ")
                .containsPattern("Active *\\| *\\d+\\|aio policy core" + version)
                .containsPattern("Active *\\| *\\d+\\|aio JMX" + version)
                .doesNotContain("(" + absent.bundleVersion() + ")");
    }

    @Test
    void storage_isTakenOver_withThePinTheRankAndWhatWasStarted() throws Exception {
        run(older, CHOOSE);
        assertChosen(run(older, "policy:list; lb"), older, newer);
        assertChosen(run(newer, "policy:list; lb"), newer, older);
        assertThat(run(newer, "policy:auto; policy:list")).containsPattern("\n\\* winselector +300 +current ");
    }

    /** What the newer one has written does not stop the older one: an upgrade can be taken back. */
    @Test
    void storage_goesBackToTheOlderVersion() throws Exception {
        run(newer, CHOOSE);
        assertChosen(run(older, "policy:list; lb"), older, newer);
        assertChosen(run(newer, "policy:list; lb"), newer, older);
    }
}
