package aio.policy.console;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.LoopStatistics;
import aio.policy.console.usage.Command;
import aio.policy.console.usage.Screen;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code loop:top}. */
@Timeout(30)
class TopTest {
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final FakeRegistry fake = new FakeRegistry();
    private final LoopCommands commands = new LoopCommands(fake.admin(), fake.loopDirectory());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream print = new PrintStream(out, /* autoFlush= */ true);
    private final Screen script = new Screen(InputStream.nullInputStream(), print, /* terminal= */ false, "anna");
    private final Screen terminal = new Screen(InputStream.nullInputStream(), print, /* terminal= */ true, "anna");

    @BeforeEach
    void busy() {
        fake.looks.clear();
        look(1000, 100, 10);
        look(2000, 850, 3010);
    }

    private void look(long age, long busy, long number) {
        fake.looks.add(new FakeRegistry.Load(
                List.of(Figures.statistics("idle", age, 0, 0), Figures.statistics("shared", age, busy, number)),
                List.of(new Figures.Load("shared", "com.example.Client", "com.example", busy),
                        new Figures.Load("shared", "com.example.Timer", "com.example", busy / 10),
                        new Figures.Load("idle", "driver selector", "aio.policy.default", 5))));
    }

    private @Nullable Object top(Screen screen, String... words) throws IOException {
        Command top = commands.commands().stream()
                .filter(command -> command.usage().name().equals("top")).findFirst().orElseThrow();
        return top.body().run(screen, words);
    }

    private CompletableFuture<@Nullable Object> topping(Screen screen, String... words) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return top(screen, words);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String shown(@Nullable Object answer) {
        TableConverter converter = new TableConverter();
        return Objects.requireNonNull(
                converter.format(Objects.requireNonNull(answer), Converter.INSPECT, converter)).toString();
    }

    private static String squeezed(String line) {
        return line.strip().replaceAll(" +", " ");
    }

    @Test
    void inAScript_oneRound_loopsByLoad_thenBundlesByTime() throws Exception {
        List<String> lines = shown(top(script)).lines().map(TopTest::squeezed).toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).isEqualTo("NAME BUSY LAG P99 LONGEST TURNS CALLBACKS RECEIVED SENT QUEUED");
        assertThat(lines.get(1)).matches(
                "shared [1-7]\\d\\.\\d % 99\\.0 ms 120\\.0 ms [1-3]\\d+/s [1-3]\\d+/s .*B/s .*B/s 2\\.9 KiB");
        assertThat(lines.get(2)).startsWith("idle 0.0 % ");
        assertThat(lines.get(3)).isEmpty();
        assertThat(lines.get(4)).isEqualTo("BUNDLE BUSY TIME MOST OF IT");
        assertThat(lines.get(5)).matches(
                "com\\.example \\[42] [1-8]\\d\\.\\d % 825\\.0 ms com\\.example\\.Client on shared");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatHoldsUpALoopNow_isBelowIt() throws Exception {
        fake.blocks.add(Figures.block("shared", /* over= */ false));
        fake.blocks.add(Figures.block("idle", /* over= */ true));
        assertThat(shown(top(script)).lines().filter(line -> line.contains("held up"))).containsExactly(
                "    held up for 1234.0 ms by com.example.Client of bundle com.example [42]");
    }

    @Test
    void json_isAnObjectOfOneRound() throws Exception {
        fake.blocks.add(Figures.block("shared", /* over= */ false));
        JsonNode round = new ObjectMapper().readTree(String.valueOf(top(terminal, "--json")));
        assertThat(round.get("lengthNanos").longValue()).isGreaterThanOrEqualTo(1_000_000_000);
        JsonNode loop = round.get("loops").get(0);
        assertThat(loop.get("loop").textValue()).isEqualTo("shared");
        assertThat(loop.get("busyNanos").longValue()).isEqualTo(750_000_000);
        assertThat(loop.get("utilization").doubleValue()).isEqualTo(0.75);
        assertThat(loop.get("delayP99Nanos").longValue()).isEqualTo(99_000_000);
        assertThat(round.get("bundles").get(0).get("bundle").get("name").textValue()).isEqualTo("com.example");
        assertThat(round.get("bundles").get(0).get("mostType").textValue()).isEqualTo("com.example.Client");
        assertThat(round.get("blocks").get(0).get("isOver").booleanValue()).isFalse();
    }

    @Test
    void aNewLoop_isShownFromItsStart_andSeveralOfOneNameAreToldApart() throws Exception {
        fake.looks.clear();
        fake.looks.add(new FakeRegistry.Load(
                List.of(Figures.statistics("x", 9000, 4000, 5), Figures.statistics("x", 500, 100, 5)), List.of()));
        fake.looks.add(new FakeRegistry.Load(
                List.of(Figures.statistics("x", 10_000, 4000, 5), Figures.statistics("x", 1500, 600, 5),
                        Figures.statistics("x", 300, 300, 5)), List.of()));
        View<?> loops = (View<?>) Objects.requireNonNull(top(script));
        assertThat(loops.stream().map(loop -> ((LoopStatistics) loop).busy().toMillis()))
                .containsExactly(500L, 300L, 0L);
    }

    @Test
    void noLoop_isSaid() throws Exception {
        fake.looks.clear();
        fake.looks.add(new FakeRegistry.Load(List.of(), List.of()));
        assertThat(shown(top(script))).isEqualTo("no loop is open");
    }

    @Test
    void onATerminal_eachRoundReplacesTheOneBefore() throws Exception {
        assertThat(top(terminal, "--count", "2")).isNull();
        String[] rounds = out.toString().split(Pattern.quote(CLEAR));
        assertThat(rounds).hasSize(3);
        assertThat(rounds[1]).startsWith("  NAME ").contains("com.example [42]");
        assertThat(rounds[2]).startsWith("  NAME ").doesNotContain("com.example"); // nothing was added
    }

    @Test
    void inAScript_manyRounds_areBelowEachOther_andJsonIsALine() throws Exception {
        top(script, "-n", "2");
        assertThat(out.toString()).doesNotContain("\u001b").startsWith("  NAME ");
        assertThat(out.toString().lines().filter(String::isEmpty)).hasSize(2);
        out.reset();
        top(script, "-n", "2", "--json");
        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"lengthNanos\":"));
    }

    @Test
    void aRound_takesAsLongAsIsSaid() throws Exception {
        long start = System.nanoTime();
        top(script, "--every", "2");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000_000);
    }

    @Test
    void onATerminal_itEndsWhenSomethingIsTyped_whichIsEaten() throws Exception {
        InputStream typed = new ByteArrayInputStream("q\nnext\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(top(new Screen(typed, print, /* terminal= */ true, "anna"))).isNull();
        assertThat(new String(typed.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("next\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void inAScript_whatFollowsIsNotEaten() throws Exception {
        InputStream lines = new ByteArrayInputStream("next\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(top(new Screen(lines, print, /* terminal= */ false, "anna"))).isNotNull();
        assertThat(lines.available()).isEqualTo(5);
    }

    @Test
    void itEndsWhenInterrupted_andLeavesTheThreadUsable() throws Exception {
        Thread.currentThread().interrupt();
        assertThat(top(terminal)).isNull();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void itEndsWhenNobodyReadsItAnyMore() throws Exception {
        PrintStream broken = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("the session is gone");
            }
        });
        Screen gone = new Screen(InputStream.nullInputStream(), broken, /* terminal= */ true, "anna");
        assertThat(topping(gone).get(20, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void itEndsWithItsComponent() throws Exception {
        CompletableFuture<@Nullable Object> topping = topping(terminal);
        commands.stop();
        assertThat(topping.get(20, TimeUnit.SECONDS)).isNull();
        assertThat(out.toString()).doesNotContain("NAME");
    }
}
