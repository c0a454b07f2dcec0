package aio.policy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.LoopStatistics;
import aio.policy.PolicyScope;
import aio.policy.TrialState;
import aio.policy.console.usage.Command;
import aio.policy.console.usage.Screen;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Descriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed, as Gogo understands it. */
@Timeout(30)
class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final FakeRegistry fake = new FakeRegistry();
    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(threads);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PolicyCommands policyCommands = new PolicyCommands(fake.admin(), fake.directory());
    private CommandSession session;

    @BeforeEach
    void open() {
        threads.start();
        fake.policies.add(Samples.current());
        fake.policies.add(Samples.standby("other", 7, 40));
        fake.loops.add(new Samples.Loop("shared", "aio-loop-shared", 1));
        fake.blocks.add(Figures.block("shared", /* over= */ false));
        fake.connections.add(Figures.connection(7, /* reading= */ true, Duration.ofMillis(1234)));
        fake.tasks.add(Figures.task(1, 0, "sleep"));
        fake.history.add(new Samples.Change(1, "none", "default", List.of()));
        add("policy", policyCommands);
        add("text", new Grep());
        add("loop", new LoopCommands(fake.admin(), fake.loopDirectory()));
        processor.addConverter(new TableConverter());
        session = open(InputStream.nullInputStream());
    }

    /** What Gogo's own bundle of commands has, and a pipe wants. */
    public static final class Grep {

        /** Prints the lines that contain a text. */
        @Descriptor("prints the lines that contain a text")
        public void grep(String text) {
            new Scanner(System.in).useDelimiter("\\R").tokens()
                    .filter(line -> line.contains(text)).forEach(System.out::println);
        }
    }

    private CommandSession open(InputStream in) {
        PrintStream print = new PrintStream(out, /* autoFlush= */ true);
        return processor.createSession(in, print, print);
    }

    private void add(String scope, Object commands) {
        functions(commands.getClass()).forEach(function -> processor.addCommand(scope, commands, function));
    }

    private static List<String> functions(Class<?> commands) {
        return Arrays.stream(commands.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Descriptor.class))
                .map(Method::getName)
                .toList();
    }

    @AfterEach
    void close() {
        session.close();
        processor.stop();
        threads.stop();
    }

    private String run(String command) throws Exception {
        Object result = session.execute(command);
        return result == null ? "" : session.format(result, Converter.INSPECT).toString();
    }

    @Test
    void help_ofEveryCommand_namesItAndItsOptions() throws Exception {
        for (Class<?> commands : List.of(PolicyCommands.class, LoopCommands.class)) {
            String scope = commands == PolicyCommands.class ? "policy:" : "loop:";
            for (String function : functions(commands)) {
                assertThat(run(scope + function + " --help").lines())
                        .first().asString().startsWith(scope + function + " [--help]");
                assertThat(run(scope + function + " -h").lines()).hasSizeGreaterThan(2)
                        .anyMatch(line -> line.equals("  -h, --help  shows this")
                                || line.startsWith("  -h, --help   "));
            }
        }
        assertThat(fake.told).isEmpty();
    }

    @Test
    void help_ofOneCommand_inFull() throws Exception {
        assertThat(run("policy:why --help").lines()).containsExactly(
                "policy:why [--help] [--json] [NAME]",
                "  says of each policy, or of one, why it is or is not current",
                "  -h, --help  shows this",
                "  --json      prints JSON, one row per line",
                "  NAME        the name of the policy, as policy:list shows it");
    }

    @Test
    void help_whereverItStands_andWhateverElse() throws Exception {
        for (String command : List.of("policy:use --help", "policy:use a b -h", "policy:use --bogus --help")) {
            assertThat(run(command)).startsWith("policy:use [--help] [--dry-run] [--canary LOOPS]");
        }
        assertThat(fake.told).isEmpty();
    }

    @Test
    void json_ofEveryCommand_isRead() throws Exception {
        fake.ranks.put("other", -5);
        fake.confirmed.put("other", 100);
        for (String command : List.of("policy:list", "policy:list --all", "policy:why", "policy:why other",
                "policy:info other", "policy:history", "policy:rank", "policy:confirm",
                "loop:list", "loop:info", "loop:info shared",
                "loop:stats", "loop:stats shared", "loop:blocked", "loop:blocked shared",
                "loop:connections shared", "loop:tasks", "loop:tasks shared")) {
            JsonNode rows = parsed(command + " --json");
            assertThat(rows.isArray()).as(command).isTrue();
            assertThat(rows).as(command).isNotEmpty().allMatch(JsonNode::isObject);
        }
        assertThat(parsed("policy:current --json").get("name").textValue()).isEqualTo("default");
        assertThat(parsed("policy:why --json other").get(0).get("name").textValue()).isEqualTo("other");
        assertThat(parsed("policy:rank --json")).hasToString("[{\"name\":\"other\",\"ranking\":-5}]");
        assertThat(run("policy:list --json").lines()).hasSize(2);
    }

    private JsonNode parsed(String command) throws Exception {
        return JSON.readTree(run(command));
    }

    @Test
    void everyCommandWithJsonInItsHelp_isAmongThoseThatAreRead() {
        List<Command> loopCommands = new LoopCommands(fake.admin(), fake.loopDirectory()).commands();
        assertThat(Stream.concat(policyCommands.commands().stream(), loopCommands.stream())
                        .map(Command::usage)
                        .filter(usage -> usage.optionNames().contains("--json"))
                        .map(usage -> usage.scope() + ":" + usage.name()))
                .containsExactly("policy:list", "policy:current", "policy:info", "policy:rank", "policy:confirm",
                        "policy:why", "policy:history", "policy:watch", "loop:list", "loop:info", "loop:stats",
                        "loop:top", "loop:blocked", "loop:connections", "loop:tasks");
    }

    @Test
    void commandsForOtherShells_areAllThereAre() {
        assertThat(policyCommands.commands().stream().map(command -> command.usage().name()))
                .containsExactlyInAnyOrderElementsOf(functions(PolicyCommands.class));
        assertThat(new LoopCommands(fake.admin(), fake.loopDirectory()).commands().stream()
                .map(command -> command.usage().name()))
                .containsExactlyInAnyOrderElementsOf(functions(LoopCommands.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "policy:list extra       | policy:list takes no argument, not 'extra'",
        "policy:list --bogus     | policy:list has no option '--bogus'",
        "policy:current a b      | policy:current takes no argument, not 'a b'",
        "policy:info             | policy:info needs a name, which policy:list shows",
        "policy:info a b         | policy:info takes one name, not 2",
        "policy:use              | policy:use needs a name, which policy:list shows",
        "policy:use a b          | policy:use takes one name, not 2",
        "policy:use --json a     | policy:use has no option '--json'",
        "policy:use a --canary   | policy:use --canary needs LOOPS",
        "policy:use a --loop     | policy:use --loop needs NAME",
        "policy:use a --bundle x | policy:use --bundle needs a whole number from 1, not 'x'",
        "policy:use a --loop b --bundle 1 | policy:use takes --loop or --bundle, not both",
        "policy:auto default     | policy:auto takes no argument, not 'default'",
        "policy:rank a           | policy:rank takes NAME RANKING, NAME --reset, --json, or nothing",
        "policy:rank --reset     | policy:rank takes NAME RANKING, NAME --reset, --json, or nothing",
        "policy:rank a 1 2       | policy:rank takes a name and a ranking, not 3",
        "policy:rank a --high    | policy:rank has no option '--high'",
        "policy:confirm a b      | policy:confirm takes one name, not 2",
        "policy:confirm --reset  | policy:confirm takes NAME, NAME --reset, --json, or nothing",
        "policy:confirm a --json | policy:confirm takes NAME, NAME --reset, --json, or nothing",
        "policy:why a b          | policy:why takes one name, not 2",
        "policy:history 3        | policy:history takes no argument, not '3'",
        "policy:watch 3          | policy:watch takes no argument, not '3'",
        "policy:watch --count    | policy:watch --count needs a whole number from 1, not nothing",
        "policy:watch -n x       | policy:watch -n needs a whole number from 1, not 'x'",
        "policy:watch -n 0       | policy:watch -n needs a whole number from 1, not '0'",
        "loop:list shared        | loop:list takes no argument, not 'shared'",
        "loop:info a b           | loop:info takes one name, not 2",
        "loop:stats a b          | loop:stats takes one name, not 2",
        "loop:blocked a b        | loop:blocked takes one name, not 2",
        "loop:connections        | loop:connections needs a name, which loop:list shows",
        "loop:connections a b    | loop:connections takes one name, not 2",
        "loop:connections a --close | loop:connections --close needs a whole number from 1, not nothing",
        "loop:tasks a b          | loop:tasks takes one name, not 2",
        "loop:top shared         | loop:top takes no argument, not 'shared'",
        "loop:top --every 0      | loop:top --every needs a whole number from 1, not '0'",
        "loop:close              | loop:close needs a name, which loop:list shows",
        "loop:close a b          | loop:close takes one name, not 2"
    })
    void whatACommandDoesNotTake_isRefusedWithWhatItTakes(String command, String message) throws Exception {
        String usage = run(command.split(" ")[0] + " --help").lines().findFirst().orElseThrow();
        assertThatThrownBy(() -> run(command)).hasMessage(message + ": " + usage);
        assertThat(fake.told).isEmpty();
    }

    @Test
    void behindTwoHyphens_nothingIsAnOption() throws Exception {
        run("policy:use -- --json");
        assertThat(fake.told).containsExactly("pin[--json]");
    }

    @Test
    void views_arePipedAsTextAndAsObjects() throws Exception {
        run("policy:list | grep other");
        assertThat(out.toString().lines()).singleElement().asString().startsWith("  other ");
        assertThat(run("(policy:list) size")).isEqualTo("2");
        assertThat(run("((policy:list) get 1) name")).isEqualTo("other");
        assertThat(run("((loop:list) get 0) connections")).isEqualTo("3");
        assertThat(run("(((policy:history) get 0) to) get")).isEqualTo("default");
        run("policy:use ((policy:list) get 1)");
        assertThat(fake.told).containsExactly("pin[other]");
    }

    @Test
    void use_tellsTheRegistry() throws Exception {
        assertThat(run("policy:use other")).isEqualTo("policy: other is current already; pinned");
        assertThat(fake.told).containsExactly("pin[other]");
    }

    @Test
    void use_givesWhatWasTyped() throws Exception {
        run("policy:use other --canary '50%' --max-lag 50ms --max-errors '0.1%' --for 2h");
        assertThat(fake.told).containsExactly(
                "pin[other, process, canary 50%, max.lag 50 ms, max.errors 0.100 %, for 2.0 h]");
        assertThatThrownBy(() -> run("policy:use other --watch soon")).hasMessageContaining("watch is 'soon'");
        assertThatThrownBy(() -> run("policy:use other --canary '0%'")).hasMessageContaining("expected 1% to 100%");
    }

    @Test
    void use_dryRun_showsWhatWouldHappen_andChangesNothing() throws Exception {
        assertThat(run("policy:use other --dry-run --canary edge --watch 30s").lines()).containsExactly(
                "policy: default -> other (dry run: nothing changes)",
                "  LOOP    DRIVER    CONNECTIONS  STEP         WHY",
                "  edge    selector            3  moves        canary",
                "  shared  -                   0  moves later  after the canary",
                "  a note\\u001b[2J");
        assertThat(fake.told).containsExactly("plan[other, process, canary loop:edge, watch 30.0 s]");
    }

    @Test
    @Timeout(60)
    void use_withAWatch_showsTheTrial_untilItIsOver() throws Exception {
        fake.trials.add(Samples.trial(TrialState.WATCHED, "begun"));
        fake.trials.add(Samples.trial(TrialState.WATCHED, "fine"));
        fake.trials.add(Samples.trial(TrialState.ROLLED_BACK, "loop 'edge' is late: expected otherwise"));
        run("policy:use other --watch 30s | grep policy");
        assertThat(out.toString().lines()).containsExactly(
                "policy: other is tried; no loop had to move",
                "policy: other is rolled back: loop 'edge' is late: expected otherwise");
    }

    @Test
    void useAndAuto_ofAScope_tellTheRegistry() throws Exception {
        assertThat(run("policy:use other --loop shared"))
                .isEqualTo("policy: other is current already for loop:shared; pinned");
        assertThat(run("policy:use --bundle 12 other"))
                .isEqualTo("policy: other is current already for bundle:12; pinned");
        fake.pins.put(PolicyScope.bundle(12), "other");
        assertThat(run("policy:auto --bundle 12"))
                .isEqualTo("policy: nothing changes for bundle:12; the pin on 'other' is removed");
        assertThat(run("policy:auto --loop shared"))
                .isEqualTo("policy: nothing changes for loop:shared; nothing was pinned");
        assertThat(fake.told).containsExactly("pin[other, loop:shared]", "pin[other, bundle:12]",
                "unpin[bundle:12]", "unpin[loop:shared]");
    }

    @Test
    void rank_tellsTheRegistry_orShows() throws Exception {
        assertThat(run("policy:rank other 300")).isEqualTo("policy: default stays current; 'other' has the rank 300");
        assertThat(run("policy:rank other -5")).isEqualTo("policy: default stays current; 'other' has the rank -5");
        assertThat(run("policy:rank other min")).endsWith("has the rank min");
        assertThat(run("policy:rank other --reset")).endsWith("no rank was given to 'other'");
        assertThat(fake.told).containsExactly(
                "rank[other, 300]", "rank[other, -5]", "rank[other, -2147483648]", "unrank[other]");
        assertThat(run("policy:rank")).isEqualTo("no rank was given: those of the services count");
        fake.ranks.put("other", 300);
        assertThat(run("policy:rank")).isEqualTo("other=300");
        assertThatThrownBy(() -> run("policy:rank other high")).hasMessageStartingWith("ranking is 'high', expected");
    }

    @Test
    void confirm_tellsTheRegistry_orShows() throws Exception {
        assertThat(run("policy:confirm")).isEqualTo("no policy is confirmed");
        assertThat(run("policy:confirm other --reset")).endsWith("'other' was not confirmed");
        fake.confirmed.put("other", 100);
        assertThat(run("policy:confirm other"))
                .isEqualTo("policy: default stays current; 'other' is confirmed with the rank 100");
        assertThat(run("policy:confirm")).isEqualTo("other=100");
        assertThat(run("policy:confirm --reset other")).endsWith("'other' is not confirmed any more");
        assertThat(fake.told).containsExactly("unconfirm[other]", "confirm[other]", "unconfirm[other]");
    }

    @Test
    void info_andStats_show() throws Exception {
        assertThat(run("policy:info default").lines()).containsExactly(
                "default: current",
                "  rank     min",
                "  driver   selector, under 1 loop",
                "  from     aio.policy.default [9], service 23",
                "  why      it is the only one");
        assertThatThrownBy(() -> run("policy:info nobody")).hasMessage("no policy 'nobody'; present: default, other");
        fake.policies.add(Samples.standby("other", 7, 77)); // of two with one name, one is meant by its service
        assertThat(run("policy:info other#77").lines().filter(line -> line.contains(" rank "))).hasSize(1);
        assertThat(run("loop:stats").lines().map(line -> line.trim().replaceAll(" +", " "))).containsExactly(
                "NAME TURNS READY TIMERS TASKS CONNECTIONS CONNECTING LISTENERS DATAGRAMS WATCHED EXCHANGES PAUSE",
                "shared 17 0 4 0 3 0 2 1 1 1 0.4 ms");
    }

    @Test
    void stats_tellWhatLoopsHaveCountedAndTimed() throws Exception {
        LoopStatistics shared = Figures.statistics("shared", 2_000, 500, 2048);
        fake.looks.clear();
        fake.looks.add(new FakeRegistry.Load(List.of(Figures.statistics("other", 1, 1, 1), shared), List.of()));
        assertThat(run("loop:stats").lines().map(line -> line.trim().replaceAll(" +", " ")).skip(2)).containsExactly(
                "",
                "NAME AGE BUSY CALLBACKS LAG P50 LAG P99 LONGEST TIMERS P99 LONGEST PAUSE P50 PAUSE P99 LONGEST",
                "shared 2.0 s 25.0 % 2048 50.0 ms 99.0 ms 120.0 ms 99.0 ms 120.0 ms 50.0 ms 99.0 ms 120.0 ms",
                "",
                "NAME RECEIVED SENT QUEUED ACCEPTED FAILED CONNECTED FAILED ENDED LOST TLS FAILED",
                "shared 2.0 KiB 2.0 KiB 2.0 KiB 2048 2048 2048 2048 2048 2048 2048 2048");
        JsonNode row = parsed("loop:stats shared --json").get(0);
        assertThat(row.get("connections").intValue()).isEqualTo(3);
        assertThat(row.get("statistics").get("delayP99Nanos").longValue()).isEqualTo(99_000_000);
        assertThat(row.get("statistics").get("lost").longValue()).isEqualTo(2048);
        assertThat(row.get("statistics").get("pausesLongestNanos").longValue()).isEqualTo(120_000_000);
        fake.looks.clear();
        fake.looks.add(new FakeRegistry.Load(List.of(), List.of()));
        assertThat(parsed("loop:stats shared --json").get(0).get("statistics").isNull()).as("closed by now").isTrue();
    }

    @Test
    void blocked_showsWhatHeldUpLoops_withTheStack() throws Exception {
        fake.blocks.add(Figures.blockByNobody("gone"));
        assertThat(run("loop:blocked").lines().map(line -> line.trim().replaceAll(" +", " "))
                .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "WHEN"))).containsExactly(
                "LOOP SINCE LASTED BY BUNDLE THREAD",
                "shared WHEN 1234.0 ms so far com.example.Client com.example [42] aio-loop-shared",
                "at java.net.Socket.read",
                "at com.example.Client.ask",
                "gone WHEN 150.0 ms nothing in particular - runner");
        assertThat(run("loop:blocked gone")).doesNotContain("com.example");
        assertThat(run("((loop:blocked) get 0) loop")).isEqualTo("shared");
        assertThatThrownBy(() -> run("loop:blocked nobody")).hasMessage("no loop 'nobody'; open: shared");
        fake.blocks.clear();
        assertThat(run("loop:blocked shared")).isEqualTo("nothing has held up a loop for 100 ms");
    }

    @Test
    void connections_areShown() throws Exception {
        fake.connections.add(Figures.connection(8, /* reading= */ false, Duration.ofMinutes(200)));
        fake.connections.add(Figures.bareConnection(9));
        assertThat(run("loop:connections shared").lines().map(line -> line.trim().replaceAll(" +", " ")))
                .containsExactly(
                        "ID PEER LOCAL RECEIVED SENT QUEUED AGE STATE PROTOCOL BUNDLE",
                        "7 127.0.0.1:50000 [0:0:0:0:0:0:0:1]:8080 1.5 KiB 20 B 0 B 1.2 s open, TLSv1.3"
                                + " com.example.Protocol com.example [42]",
                        "8 127.0.0.1:50000 [0:0:0:0:0:0:0:1]:8080 1.5 KiB 20 B 0 B 3 h 20 min open, paused, TLSv1.3"
                                + " com.example.Protocol com.example [42]",
                        "9 - - 0 B 0 B 0 B 0.0 s lost com.example.Protocol -");
        assertThat(run("((loop:connections shared) get 1) bytesReceived")).isEqualTo("1536");
        assertThat(parsed("loop:connections shared --json").get(0).get("peer").textValue())
                .isEqualTo("127.0.0.1:50000");
        assertThat(fake.told).isEmpty();
        fake.connections.clear();
        assertThat(run("loop:connections shared")).isEqualTo("no connection is open");
    }

    @Test
    void aConnection_isClosedByItsNumber() throws Exception {
        assertThat(run("loop:connections shared --close 7")).isEqualTo("loop: connection 7 ([0:0:0:0:0:0:0:1]:8080 ->"
                + " 127.0.0.1:50000, open, TLSv1.3, com.example [42]) of 'shared' is closed");
        run("loop:connections --close 5000000000 shared");
        assertThat(fake.told).containsExactly("closeConnection[shared, 7]", "closeConnection[shared, 5000000000]");
    }

    @Test
    void watch_printsAsManyChangesAsWanted_andListensNoLonger() throws Exception {
        CompletableFuture<String> watching = watching("policy:watch --count 2");
        var listener = fake.listeners.poll(20, TimeUnit.SECONDS);
        fake.listeners.add(listener);
        listener.policyChanged(new Samples.Change(2, "a", "b", List.of()));
        listener.policyChanged(new Samples.Change(3, "b", "a", List.of()));
        watching.get(20, TimeUnit.SECONDS);
        assertThat(out.toString().lines()).containsExactly(
                "policy: a -> b (rank 100, service arrived)", "policy: b -> a (rank 100, service arrived)");
        assertThat(fake.listeners).isEmpty();
    }

    @Test
    void watch_printsJsonALine() throws Exception {
        CompletableFuture<String> watching = watching("policy:watch --json -n 1");
        var listener = fake.listeners.poll(20, TimeUnit.SECONDS);
        fake.listeners.add(listener);
        listener.policyChanged(new Samples.Change(2, "a", "b", List.of()));
        watching.get(20, TimeUnit.SECONDS);
        assertThat(JSON.readTree(out.toString()).get("to").textValue()).isEqualTo("b");
    }

    @Test
    void watch_endsWhenNobodyReadsItAnyMore() throws Exception {
        PrintStream broken = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("the session is gone");
            }
        });
        CompletableFuture<Void> watching = CompletableFuture.runAsync(() -> {
            try {
                Screen screen = screen(InputStream.nullInputStream(), broken);
                new Watch(fake.directory(), screen, Texts::line).run(0, () -> false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        var listener = fake.listeners.poll(20, TimeUnit.SECONDS);
        fake.listeners.add(listener);
        listener.policyChanged(new Samples.Change(2, "a", "b", List.of()));
        watching.get(20, TimeUnit.SECONDS);
        assertThat(fake.listeners).isEmpty();
    }

    @Test
    void watch_endsWithItsComponent() throws Exception {
        CompletableFuture<String> watching = watching("policy:watch");
        fake.listeners.add(fake.listeners.poll(20, TimeUnit.SECONDS));
        policyCommands.stop();
        assertThat(watching.get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(fake.listeners).isEmpty();
    }

    @Test
    void watch_endsWhenInterrupted_andLeavesTheThreadUsable() throws Exception {
        Thread.currentThread().interrupt();
        new Watch(fake.directory(), screen(InputStream.nullInputStream(), System.out), Texts::line).run(0, () -> false);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(fake.listeners).isEmpty();
    }

    @Test
    void watch_endsWithALine_whichIsEaten() throws Exception {
        InputStream typed = new ByteArrayInputStream("end\nnext\n".getBytes());
        new Watch(fake.directory(), screen(typed, System.out), Texts::line).run(0, () -> false);
        assertThat(new String(typed.readAllBytes())).isEqualTo("next\n");
        assertThat(fake.listeners).isEmpty();
    }

    private static Screen screen(InputStream keyboard, PrintStream console) {
        return new Screen(keyboard, console, /* terminal= */ true, "anna");
    }

    private CompletableFuture<String> watching(String command) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run(command);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
