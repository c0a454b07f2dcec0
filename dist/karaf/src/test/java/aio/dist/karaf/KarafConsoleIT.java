package aio.dist.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import aio.dist.karaf.KarafShell.Answer;
import aio.dist.karaf.KarafShell.Typing;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command in a Karaf that had Declarative Services before the KAR came; in any order. */
@Timeout(300)
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "Karaf 4.4 needs the security manager, which 24 has no more")
class KarafConsoleIT {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CTRL_C = "\u0003";

    @TempDir
    private static Path base;

    private static KarafProcess karaf;
    private static KarafShell admin;

    @BeforeAll
    static void start() throws Exception {
        karaf = KarafProcess.startStock(base);
        admin = new KarafShell(karaf.sshPort(), "admin");
        karaf.await(admin, "feature:install scr");
        karaf.deploy();
        karaf.await(admin, "policy:current; loop:list");
        run("feature:install aio-winselector");
    }

    @AfterAll
    static void stop() throws Exception {
        if (admin != null) {
            admin.close();
        }
        if (karaf != null) {
            karaf.close();
        }
    }

    private static String run(String command) throws IOException {
        return admin.succeed(command);
    }

    private static void await(String what, Question question) {
        Deadline.await(SOON, () -> {
            try {
                return question.ask();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, () -> what + "\n" + karaf.log());
    }

    /** A condition that is checked until it holds. */
    @FunctionalInterface
    private interface Question {
        boolean ask() throws IOException;
    }

    @Test
    void scr_before_without_andAfter_isTheSame_andRestartsNothing() throws Exception {
        String before = run("policy:history");
        assertBundlesRun();
        run("feature:uninstall scr");
        assertBundlesRun();
        run("feature:install scr");
        assertBundlesRun();
        assertThat(run("policy:history")).isEqualTo(before);
    }

    private static void assertBundlesRun() throws IOException {
        assertThat(run("bundle:list -s -t 0 --no-format").lines())
                .filteredOn(line -> !line.startsWith("START LEVEL"))
                .allMatch(line -> line.contains("Active") || line.contains("Resolved"))
                .filteredOn(line -> line.contains("org.apache.felix.scr")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "policy:list", "policy:current", "policy:info", "policy:use", "policy:auto", "policy:rank", "policy:confirm",
        "policy:why", "policy:history", "policy:watch", "loop:list", "loop:info", "loop:stats", "loop:top",
        "loop:blocked", "loop:connections", "loop:tasks", "loop:close", "loop:drain"})
    void help_saysWhatACommandTakes(String command) throws Exception {
        assertThat(run(command + " --help")).startsWith(command + " [--help]").contains("\n  -h, --help");
        try (Typing typing = admin.open()) {
            assertThat(typing.type("help " + command + "\n", "-h, --help")).contains(command + " [--help]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "policy:list --json", "policy:list --all --json", "policy:info default --json", "policy:why --json default",
        "policy:why --json", "policy:history --json", "loop:list --json", "loop:info --json", "loop:info shared --json",
        "loop:stats shared --json"})
    void json_isRead(String command) throws Exception {
        assertThat(JSON.readTree(run(command))).isNotEmpty().allMatch(JsonNode::isObject);
    }

    @Test
    void json_ofOnePolicy_andOfRanks_isRead() throws Exception {
        assertThat(JSON.readTree(run("policy:current --json")).get("driver").textValue()).isNotEmpty();
        assertThat(JSON.readTree(run("policy:rank --json")).isArray()).isTrue();
    }

    @Test
    void rank_isNegative_isShown_isReset() throws Exception {
        assertThat(run("policy:rank winselector -5")).contains("'winselector' has the rank -5");
        assertThat(run("policy:rank")).isEqualTo("winselector=-5\n");
        assertThat(run("policy:info winselector")).contains("  rank     -5\n");
        assertThat(run("policy:rank default max; policy:current")).containsPattern("\\* default +max ");
        run("policy:rank default --reset; policy:rank --reset winselector");
        assertThat(run("policy:rank")).isEqualTo("no rank was given: those of the services count\n");
        assertThat(run("policy:current")).contains("* winselector ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "policy:use               | policy:use needs a name, which policy:list shows",
        "policy:info a b          | policy:info takes one name, not 2",
        "policy:info nobody       | no policy 'nobody'; present: winselector, default",
        "policy:list extra        | policy:list takes no argument, not 'extra'",
        "policy:auto --json       | policy:auto has no option '--json'",
        "policy:rank default high | ranking is 'high', expected a whole number",
        "policy:rank default      | policy:rank takes NAME RANKING, NAME --reset, --json, or nothing",
        "policy:watch --count     | policy:watch --count needs a whole number from 1, not nothing",
        "loop:stats nobody        | no loop 'nobody'; open: ",
        "loop:close               | loop:close needs a name, which loop:list shows",
        "loop:close shared        | loop 'shared' was not made by a configuration 'aio.loop'"})
    void whatIsTypedWrongly_failsWithAStatus_andSaysWhy(String command, String message) throws Exception {
        assertThat(admin.run(command)).satisfies(answer -> {
            assertThat(answer.status()).isOne();
            assertThat(answer.text()).contains(message);
        });
    }

    @Test
    void managedLoop_isShown_closed_andItsNameCompleted() throws Exception {
        Files.writeString(karaf.etc("aio.loop-edge.cfg"), "name = edge\n");
        await("loop 'edge' is not there", () -> run("loop:list").contains("  edge "));
        assertThat(run("loop:stats edge")).containsPattern("\n  edge +\\d+ ");
        assertThat(admin.type("loop:close ed\t", "loop:close edge")).isNotEmpty();
        assertThat(run("loop:close edge")).isEqualTo("loop: 'edge' ends, its configuration is deleted\n");
        await("loop 'edge' is still there", () -> !run("loop:list").contains("edge"));
        assertThat(karaf.etc("aio.loop-edge.cfg")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "policy:use wins, policy:use winselector", "policy:info def, policy:info default",
        "policy:why def, policy:why default", "policy:rank wins, policy:rank winselector",
        "policy:rank --reset wins, policy:rank --reset winselector", "loop:info sh, loop:info shared",
        "loop:stats sh, loop:stats shared", "loop:close sh, loop:close shared",
        "policy:list --a, policy:list --all", "policy:watch --c, policy:watch --count",
        "policy:ra, policy:rank", "policy:confirm wins, policy:confirm winselector",
        "loop:st, loop:stats", "loop:to, loop:top", "loop:top --e, loop:top --every",
        "loop:blocked sh, loop:blocked shared", "loop:connections sh, loop:connections shared",
        "loop:connections --cl, loop:connections --close"})
    void commandsNamesAndOptions_areCompleted(String typed, String completed) throws Exception {
        assertThat(admin.type(typed + "\t", completed)).isNotEmpty();
    }

    @Test
    void views_arePipedAsTextAndAsObjects() throws Exception {
        assertThat(run("policy:list | grep RANK").strip()).startsWith("NAME").doesNotContain("default");
        assertThat(admin.type("echo there are ((policy:list) size)\n", "there are 2")).isNotEmpty();
    }

    // ---- loop:top and policy:watch, which run until something ends them

    @Test
    void top_isLiveOnATerminal_untilCtrlC_andOneRoundWithout() throws Exception {
        assertThat(run("loop:top")).containsPattern("(?m)^  NAME +BUSY .*\\R  shared +\\d+\\.\\d % ");
        assertThat(JSON.readTree(run("loop:top --json")).get("loops").get(0).get("loop").textValue())
                .isEqualTo("shared");
        try (Typing typing = admin.open()) {
            typing.type("loop:top\n", "shared");
            await("no command looks at the loops", () -> karaf.threads().contains("aio.policy.console.Top.run"));
            typing.type(CTRL_C, KarafShell.PROMPT);
            await("a command still looks at the loops",
                    () -> !karaf.threads().contains("aio.policy.console.Top.run"));
        }
    }

    private static void pinAndUnpin() throws IOException {
        run("policy:use default; policy:auto");
    }

    private static boolean isWatched() throws IOException {
        return karaf.threads().contains("aio.policy.console.Watch.run");
    }

    private static void awaitWatch(boolean there) {
        await("there is " + (there ? "no" : "a") + " thread that watches", () -> isWatched() == there);
    }

    @Test
    void watch_endsAfterAsManyChangesAsWanted_withoutATerminal() throws Exception {
        CompletableFuture<Answer> watching = CompletableFuture.supplyAsync(() -> {
            try {
                return admin.run("policy:watch --json --count 2");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        awaitWatch(true);
        pinAndUnpin();
        Answer answer = watching.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.status()).isZero();
        List<String> lines = answer.text().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(JSON.readTree(lines.get(0)).get("to").textValue()).isEqualTo("default");
        assertThat(JSON.readTree(lines.get(1)).get("to").textValue()).isEqualTo("winselector");
        awaitWatch(false);
    }

    @Test
    void watch_endsWithCtrlC_andTheShellContinues() throws Exception {
        try (Typing typing = admin.open()) {
            typing.type("policy:watch\n", "policy:watch");
            awaitWatch(true);
            pinAndUnpin();
            typing.await("default -> winselector");
            typing.type(CTRL_C, KarafShell.PROMPT);
            awaitWatch(false);
            typing.type("echo there are ((policy:list) size)\n", "there are 2");
        }
    }

    @Test
    void watch_endsWithItsSession() throws Exception {
        try (Typing typing = admin.open()) {
            typing.type("policy:watch\n", "policy:watch");
            awaitWatch(true);
        }
        awaitWatch(false);
    }

    @Test
    void watch_endsWithTheCore_andTheCommandsComeBackWithIt() throws Exception {
        try (Typing typing = admin.open()) {
            typing.type("policy:watch\n", "policy:watch");
            awaitWatch(true);
            run("bundle:stop aio.policy.core");
            typing.await(KarafShell.PROMPT);
            awaitWatch(false);
            assertThat(admin.run("policy:list").status()).isOne();
        } finally {
            run("bundle:start aio.policy.core");
        }
        karaf.await(admin, "policy:info winselector");
    }
}
