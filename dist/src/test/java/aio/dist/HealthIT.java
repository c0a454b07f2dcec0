package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/monitoring.md says of health checks, in a plain Felix with the bundles that it names. */
@Timeout(180)
class HealthIT {
    private static final String DOCUMENT = "docs/monitoring.md";
    private static final Pattern PRINTED = Pattern.compile("(?s)<!-- printed: hc:exec aio -->\n```\n(.*?)\n```");
    private static final long PATIENCE_SECONDS = 40;

    @TempDir
    private Path home;

    private RunningContainer container;

    @Test
    void checksPrintWhatIsShown_andTellWhatIsWrong_andGoWithTheirBundle() throws Exception {
        PlainFelix felix = PlainFelix.in(home);
        felix.addNamed(DOCUMENT);
        try (RunningContainer started = felix.start()) {
            container = started;
            felix.dropNamed();
            felix.dropNamed(DOCUMENT);
            for (String line : shown()) {
                await(line);
            }

            felix.dropText("aio.policy.health.current.cfg", "policy = winselector\n");
            await("aio: current policy CRITICAL [TIME] current: 'default', driver 'selector'");
            await("CRITICAL the policy is 'default', expected 'winselector': policy:why says why it is not current");
            felix.dropBundle("aio-policy-winselector");
            await("aio: current policy OK [TIME] current: 'winselector', driver 'selector'");

            felix.delete("aio-policy-health.jar");
            awaitEnd("aio: current policy");
        }
    }

    private static List<String> shown() throws IOException {
        String document = Files.readString(
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling(DOCUMENT));
        Matcher block = PRINTED.matcher(document);
        assertThat(block.find()).as("a block of what is printed").isTrue();
        List<String> lines = block.group(1).lines().map(HealthIT::comparable).toList();
        assertThat(lines).hasSize(4);
        return lines;
    }

    private String checked() throws Exception {
        return comparable(container.ask("try { hc:exec aio } { echo none }"));
    }

    /** A result is kept for two seconds, a file is taken up some time after it was dropped. */
    private void await(String part) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String answer = checked();
        while (!answer.contains(comparable(part))) {
            assertThat(System.nanoTime()).as("expected '" + part + "' in:\n" + answer).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            answer = checked();
        }
    }

    private void awaitEnd(String part) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (checked().contains(part)) {
            assertThat(System.nanoTime()).as("'" + part + "' is still there").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private static String comparable(String text) {
        return text.replaceAll("\\[\\d\\d:\\d\\d:\\d\\d\\.\\d+\\|\\d+ms]", "[TIME]")
                .replaceAll("lag \\d+ us", "lag N us").replaceAll("\\s+", " "); // long lines are broken
    }
}
