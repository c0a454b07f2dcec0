package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pins and ranks whose configuration is a file: one that is written back, and one that is not. */
@Timeout(180)
class ChoiceInFilesIT {
    private static final long PATIENCE_SECONDS = 60;
    /** A name, and how it is written in a file of the kind .config. */
    private static final String NAME = "a,b=c \\\"d\\\" e";
    private static final String SHOWN = "a,b=c \"d\" e";
    private static final String IN_CONFIG = "aio.policy.name=\"a,b\\=c\\ \\\"d\\\"\\ e\"\n";

    @TempDir
    private Path home;

    /** Asks until the answer has all the parts: a file is taken up some time after it was dropped. */
    private static String awaitAnswer(RunningContainer container, String command, String... parts) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            String answer = container.ask(command);
            if (List.of(parts).stream().allMatch(answer::contains)) {
                return answer;
            }
            assertThat(System.nanoTime()).as("the last answer was not the wanted one, in:\n"
                    + String.join("\n", container.output())).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    @Test
    void fileThatIsNotWrittenBack_isSaidInOneWarning_andItsNextChangeWins() throws Exception {
        PlainFelix felix = PlainFelix.in(home);
        felix.set("felix.fileinstall.enableConfigSave", "false");
        try (RunningContainer container = felix.start()) {
            felix.dropNamed();
            felix.dropBundle("aio-policy-winselector");
            felix.dropText("aio.policy.cfg", "pin = default\n");
            awaitAnswer(container, "policy:list", "* default       min  current, pinned");

            String answer = container.ask("policy:use winselector");
            assertThat(answer).contains("INFO: policy: default -> winselector (operator pinned it)");
            assertThat(answer.lines().filter(line -> line.startsWith("WARNING"))).singleElement().asString().contains(
                    "policy: what the operator chose holds, but is not written to configuration 'aio.policy' and will"
                    + " not survive a restart: it comes from file 'file:",
                    "felix.fileinstall.enableConfigSave is 'false'");
            assertThat(answer).doesNotContain("Exception", "\tat ");
            assertThat(container.ask("policy:why winselector"))
                    .contains("differs from the configuration 'aio.policy', which has the pin 'default'");
            assertThat(felix.text("aio.policy.cfg")).isEqualTo("pin = default\n");

            felix.dropText("aio.policy.cfg", "pin = default\nhistory.size = 50\n");
            container.await("INFO: policy: winselector -> default (configuration)");
            assertThat(container.ask("policy:why")).doesNotContain("differs");
        }
    }

    @Test
    void fileThatIsWrittenBack_isNamed_andKeepsNamesOfAnyKind() throws Exception {
        PlainFelix felix = PlainFelix.in(home);
        // File Install makes a file empty before it writes it, and takes that for its text if it looks just then
        felix.set("felix.fileinstall.poll", "2000");
        try (RunningContainer container = felix.start()) {
            felix.dropNamed();
            felix.dropText("aio.policy.winselector.config", IN_CONFIG);
            felix.dropText("aio.policy.cfg", "ranks = default=3\n");
            felix.dropBundle("aio-policy-winselector");
            awaitAnswer(container, "policy:list", "* " + SHOWN);
            // the file is taken up, by the part that writes it as well: bundles start in any order
            awaitAnswer(container, "policy:rank", "default=3");
            awaitAnswer(container, "policy:why", "is configured by file 'file:");
            String answer = container.ask("policy:rank \"" + NAME + "\" -7; policy:use \"" + NAME + "\"");
            assertThat(answer).contains("policy: what the operator chose is written to file 'file:",
                    "felix.fileinstall.enableConfigSave=false forbids it");
            awaitAnswer(container, "policy:list", "* " + SHOWN + "    -7  current, pinned");
            assertThat(container.ask("policy:why")).contains("is configured by file 'file:",
                    "aio.policy.cfg', which policy:use writes, for every reader of that file;"
                    + " felix.fileinstall.enableConfigSave=false forbids it");
            awaitText(felix, container, "aio.policy.cfg", "-7");
            awaitText(felix, container, "aio.policy.cfg", "pin");
            container.type("exit 0");
            assertThat(container.exitCode()).isZero();
        }
        try (RunningContainer container = felix.start()) {
            awaitAnswer(container, "policy:list", "* " + SHOWN + "    -7  current, pinned", "  default ");
            assertThat(container.ask("policy:rank")).contains(SHOWN + "=-7");
            container.ask("policy:rank \"" + NAME + "\" --reset; policy:auto");
            awaitAnswer(container, "policy:list", "* " + SHOWN + "   100  current ");
        }
    }

    @Test
    void halfAFile_andAnEmptyOne_areNotTaken_andTheWholeOneIs() throws Exception {
        PlainFelix felix = PlainFelix.in(home);
        try (RunningContainer container = felix.start()) {
            felix.dropNamed();
            felix.dropBundle("aio-policy-winselector");
            felix.dropText("aio.policy.config", "pin=\"default\"\n");
            awaitAnswer(container, "policy:list", "* default       min  current, pinned", " winselector ");
            felix.dropText("aio.policy.config", "pin=\"winselec");
            container.await("WARNING: policy: configuration 'aio.policy' is not taken: its pin is '\"winselec', which"
                    + " ends within quotes, so it is half of file 'file:");
            assertThat(container.ask("policy:list")).contains("* default       min  current, pinned");
            assertThat(container.ask("policy:why")).contains("differs from the configuration 'aio.policy', which is not"
                    + " taken, since its pin is '\"winselec'");
            felix.dropText("aio.policy.config", "");
            container.await("WARNING: policy: configuration 'aio.policy' is not taken: it has no key: file"
                    + " 'file:");
            assertThat(container.ask("policy:list")).contains("* default       min  current, pinned");
            felix.dropText("aio.policy.config", "pin=\"winselector\"\n");
            container.await("INFO: policy: default -> winselector (configuration)");
            assertThat(container.ask("policy:why")).doesNotContain("differs");
        }
    }

    private static void awaitText(PlainFelix felix, RunningContainer container, String file, String part)
            throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!felix.text(file).contains(part)) {
            assertThat(System.nanoTime()).as("'" + felix.text(file) + "' is the file, in:\n"
                    + String.join("\n", container.output())).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
