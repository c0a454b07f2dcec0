package aio.policy.page;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.ExchangeSlice;
import aio.loop.LoopDirectory;
import aio.loop.LoopExchange;
import aio.loop.LoopStatistics;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of a loop that closes in an exchange the end of that is not told. */
@Timeout(60)
class SwapsTest {
    private final Swaps swaps = new Swaps();

    /** Returns what the map has for a method's name. */
    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private static LoopExchange exchangeOf(String loop) {
        return fake(LoopExchange.class, Map.of("loop", loop, "since", Instant.now().minusSeconds(60),
                "lasted", Duration.ofSeconds(60), "from", Optional.empty(), "to", Optional.of("selector"),
                "slices", 1, "kept", 0, "lost", 0, "longestPause", Duration.ZERO, "isReturning", false));
    }

    private List<Object> shown(LoopStatistics... open) {
        LoopDirectory loops = fake(LoopDirectory.class, Map.of("statistics", List.of(open)));
        return swaps.rows(loops).stream().map(row -> row.get("loop")).toList();
    }

    private static LoopStatistics open(String loop, int seconds) {
        return fake(LoopStatistics.class, Map.of("loop", loop, "age", Duration.ofSeconds(seconds)));
    }

    @Test
    void anExchangeOfALoopThatIsNotOpen_isShownNoMore() {
        for (String loop : List.of("moves", "closed", "made again")) {
            swaps.sliceCarried(fake(ExchangeSlice.class, Map.of("exchange", exchangeOf(loop))));
        }
        assertThat(shown(open("moves", 90), open("closed", 90), open("made again", 90)))
                .containsExactlyInAnyOrder("moves", "closed", "made again");
        assertThat(shown(open("moves", 90), open("made again", 30))).containsExactly("moves");
        assertThat(shown(open("moves", 90), open("closed", 90), open("made again", 90))).containsExactly("moves");
    }

    @Test
    void anExchangeThatIsOver_isShownWhetherOrNotTheLoopIsOpen() {
        swaps.driverExchanged(exchangeOf("over"));
        assertThat(shown()).containsExactly("over");
    }
}
