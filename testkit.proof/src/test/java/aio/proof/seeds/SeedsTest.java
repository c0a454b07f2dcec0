package aio.proof.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.testkit.VirtualLoops;
import aio.testkit.junit.LoopTest;
import aio.testkit.junit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Several loops on one virtual clock. */
@Timeout(60)
class SeedsTest {
    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final String PROPERTY = "aio.testkit.seed";
    private static final Pattern TOLD = Pattern.compile("with seed (\\d+), which @Seed\\(\\1\\) or -D" + PROPERTY
            + "=\\1 replays: .*", Pattern.DOTALL);

    @AfterEach
    void forgetTheSeed() {
        System.clearProperty(PROPERTY);
    }

    // ---- loops and clock

    /** Three loops that tick each minute, and tell each other. */
    private static List<String> story(long seed) {
        List<String> story = new ArrayList<>();
        try (VirtualLoops loops = VirtualLoops.seeded(seed)) {
            List<EventLoop> all = List.of(loops.newLoop("a"), loops.newLoop("b"), loops.newLoop("c"));
            for (int number = 0; number < all.size(); number++) {
                tick(all, number, story);
            }
            loops.runFor(SIX_HOURS);
            assertThat(loops.elapsed()).isEqualTo(SIX_HOURS);
            assertThat(all).allSatisfy(loop -> assertThat(loop.time()).isEqualTo(SIX_HOURS));
        }
        return story;
    }

    private static void tick(List<EventLoop> all, int number, List<String> story) {
        EventLoop own = all.get(number);
        own.callLater(Duration.ofMinutes(1), () -> {
            EventLoop other = all.get((number + 1) % all.size());
            String at = number + " at " + own.time().toMinutes();
            other.callSoonThreadsafe(() -> story.add(at + " heard at " + other.time().toMinutes()));
            tick(all, number, story);
        });
    }

    @Test
    void sixHoursOfThreeLoops_passAtOnce_inTheOrderOfTheSeed() {
        List<String> first = story(1); // loads the classes
        long start = System.nanoTime();
        List<String> again = story(1);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        List<String> another = story(2);
        assertThat(again).isEqualTo(first).hasSize(3 * 360)
                .allMatch(line -> line.replaceAll(".* at (\\d+) heard at (\\d+)", "$1=$2").matches("(\\d+)=\\1"));
        assertThat(another).isEqualTo(story(2)).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
        assertThat(took).isLessThan(Duration.ofSeconds(5)); // on a slow machine
    }

    @LoopTest
    @Seed(7)
    void aTestIsGivenItsSeed(VirtualLoops loops) {
        assertThat(loops.seed()).isEqualTo(7);
    }

    @LoopTest
    void whatIsWaitedFor_isReturned(VirtualLoops loops) {
        EventLoop one = loops.newLoop("one");
        EventLoop two = loops.newLoop("two");
        LoopFuture<String> reply = one.createFuture();
        two.callLater(Duration.ofHours(3), () -> one.callSoonThreadsafe(() -> reply.setResult("late")));
        assertThat(loops.runUntilComplete(reply)).isEqualTo("late");
        assertThat(loops.elapsed()).isEqualTo(Duration.ofHours(3));
    }

    @LoopTest
    void whatNobodyCanComplete_failsAtOnce(VirtualLoops loops) {
        LoopFuture<String> reply = loops.newLoop("alone").createFuture();
        assertThatThrownBy(() -> loops.runUntilComplete(reply)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("nothing is left that could complete").hasMessageContaining("seed 0");
    }

    @LoopTest
    void timeDoesNotGoBackwards(VirtualLoops loops) {
        assertThatThrownBy(() -> loops.runFor(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.000000001S");
        loops.newLoop("alone").callLater(Duration.ofHours(1), () -> {});
        loops.runFor(Duration.ofHours(1));
        assertThat(loops.elapsed()).isEqualTo(Duration.ofHours(1));
    }

    @LoopTest
    void loopsOfOneTime_takeTurns_andALoopThatIsNeverIdleHoldsNobodyUp(VirtualLoops loops) {
        EventLoop busy = loops.newLoop("busy");
        EventLoop other = loops.newLoop("other");
        LoopFuture<String> reply = other.createFuture();
        endless(busy, reply);
        other.callSoon(() -> other.callSoon(() -> reply.setResult("its turn")));
        assertThat(loops.runUntilComplete(reply)).isEqualTo("its turn");
        loops.run();
    }

    private static void endless(EventLoop busy, LoopFuture<String> end) {
        busy.callSoon(() -> {
            if (!end.isDone()) {
                endless(busy, end);
            }
        });
    }

    // ---- seeds that fail

    private static List<String> failures(String test) {
        Events events = EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Racing.class.getName(), test, VirtualLoops.class.getName())).execute()
                .testEvents();
        assertThat(events.started().count()).isPositive();
        return events.failed().stream().flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream()).map(Throwable::getMessage)
                .map(message -> message.replaceAll("@[0-9a-f]+", "@…")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"twoDeposits", "twoMessages"})
    void whatDependsOnTheOrder_isFoundByARunOverSeeds_andItsSeedReplaysIt(String test) {
        List<String> found = failures(test);
        assertThat(found).as("seeds that fail, of %d", Racing.SEEDS).hasSizeBetween(1, Racing.SEEDS - 1);
        for (String failure : found) {
            Matcher told = TOLD.matcher(failure);
            assertThat(told.matches()).as(failure).isTrue();
            System.setProperty(PROPERTY, told.group(1));
            assertThat(failures(test)).containsExactly(failure);
        }
    }

    @Test
    void aCallbackThatFails_isToldWithItsLoopAndItsTime() {
        assertThat(failures("twoMessages").get(0)).contains("loop \"third\" after PT1H, seed ")
                .contains("Exception in callback", "IllegalStateException: message ", " is not in its place");
    }

    @Test
    void whatIsLeftOnTheLoops_isTold() {
        assertThat(failures("leaves")).hasSize(3).allMatch(failure -> failure.contains("left something behind")
                && failure.contains("a timer: ") && failure.contains("Racing.java"));
    }

    @Test
    void aPropertyThatIsNoNumber_isNamed() {
        System.setProperty(PROPERTY, "seven");
        assertThatThrownBy(() -> failures("twoDeposits")).isNotNull();
    }
}
