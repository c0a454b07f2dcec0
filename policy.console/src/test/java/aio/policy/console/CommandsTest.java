package aio.policy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Descriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is typed, as Gogo understands it. */
@Timeout(30)
class CommandsTest {
    private final FakeRegistry fake = new FakeRegistry();
    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(threads);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PolicyCommands policyCommands = new PolicyCommands(fake.registry());
    private CommandSession session;

    @BeforeEach
    void open() {
        threads.start();
        fake.policies.add(Samples.current());
        fake.policies.add(Samples.standby("other", 7, 40));
        fake.loops.add(new Samples.Loop("shared", "aio-loop-shared", "", 1));
        fake.history.add(new Samples.Change(1, "none", "default", List.of()));
        add("policy", policyCommands);
        add("loop", new LoopCommands(fake.registry()));
        processor.addConverter(new TableConverter());
        session = open(InputStream.nullInputStream());
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
                        .anyMatch(line -> line.equals("  -h, --help  shows this") || line.startsWith("  -h, --help   "));
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
                "  --json      answers JSON, a row a line, instead of rows to be shown",
                "  NAME        the name of the policy, as policy:list shows it");
    }

    @Test
    void json_beforeAndAfterTheName() throws Exception {
        for (String command : List.of("policy:why --json other", "policy:why other --json", "policy:info other --json")) {
            assertThat(run(command)).startsWith("[{\"name\":\"other\",").endsWith("}]");
        }
        assertThat(run("policy:list --json").lines()).hasSize(2);
        assertThat(run("policy:current --json")).startsWith("{\"name\":\"default\",");
        assertThat(run("policy:history --json")).startsWith("[{\"number\":1,");
        for (String command : List.of("loop:list", "loop:info", "loop:info shared", "loop:stats", "loop:stats shared")) {
            assertThat(run(command + " --json")).startsWith("[{\"name\":\"shared\",");
        }
    }

    @Test
    void names_areOne() {
        assertThatThrownBy(() -> run("policy:use")).hasMessage("policy:use needs a name: policy:use [--help] NAME");
        assertThatThrownBy(() -> run("policy:use a b"))
                .hasMessage("policy:use takes one name, not 2: policy:use [--help] NAME");
        assertThatThrownBy(() -> run("loop:info a b")).hasMessageStartingWith("loop:info takes one name, not 2");
        assertThat(fake.told).isEmpty();
    }

    @Test
    void use_tellsTheRegistry() throws Exception {
        assertThat(run("policy:use other")).isEqualTo("policy: other is current already; pinned");
        assertThat(fake.told).containsExactly("pin[other]");
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
        assertThatThrownBy(() -> run("policy:rank other")).hasMessageStartingWith("policy:rank takes NAME RANKING");
        assertThatThrownBy(() -> run("policy:rank other high")).hasMessageStartingWith("ranking is 'high', expected");
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
        assertThat(run("loop:stats").lines().map(line -> line.trim().replaceAll(" +", " "))).containsExactly(
                "NAME TURNS READY TIMERS TASKS CONNECTIONS CONNECTING LISTENERS DATAGRAMS WATCHED EXCHANGES PAUSE",
                "shared 17 0 4 0 3 0 2 1 1 1 0.4 ms");
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
        new Watch(fake.registry(), InputStream.nullInputStream(), System.out).run(0, () -> false);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(fake.listeners).isEmpty();
    }

    @Test
    void watch_endsWithALine_whichIsEaten() throws Exception {
        InputStream typed = new ByteArrayInputStream("end\nnext\n".getBytes());
        new Watch(fake.registry(), typed, System.out).run(0, () -> false);
        assertThat(new String(typed.readAllBytes())).isEqualTo("next\n");
        assertThat(fake.listeners).isEmpty();
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
