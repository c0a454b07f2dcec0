package aio.bench.report;

import static aio.bench.report.Sampled.figure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static final Chart GROWTH = new Chart("growth", "Growth", Chart.Kind.GROWTH,
            Pattern.compile("[^x]*|(there|back) x .*"), "cpu", "connections");

    @Test
    void theLastNumberOfACaseIsItsPlace() {
        assertThat(Chart.number("1 KiB x 10000")).hasValue(10_000);
        assertThat(Chart.number("3 policies")).hasValue(3);
        assertThat(Chart.number("1e5 timers")).hasValue(100_000);
        assertThat(Chart.number("ping-pong")).isEmpty();
    }

    @Test
    void casesThatDifferInTheirNumberMakeALine() {
        assertThat(GROWTH.points(Sampled.of(
                figure("1 policy", "aio", 1, "cpu", 5), figure("3 policies", "aio", 1, "cpu", 6),
                figure("none", "aio", 1, "cpu", 7), figure("1 policy", "aio (A/A)", 1, "cpu", 5))))
                .containsExactly(Map.entry("aio", Map.of("1 policy", 5.0, "3 policies", 6.0)));
    }

    @Test
    void otherwiseTheyMakeSeveral() {
        assertThat(GROWTH.points(Sampled.of(
                figure("there x 10", "aio", 1, "cpu", 5), figure("there x 100", "aio", 1, "cpu", 6),
                figure("back x 10", "aio", 1, "cpu", 7), figure("back x 100", "aio", 1, "cpu", 0),
                figure("idle x 100", "aio", 1, "cpu", 8))))
                .containsExactly(Map.entry("aio, there", Map.of("there x 10", 5.0, "there x 100", 6.0)),
                        Map.entry("aio, back", Map.of("back x 10", 7.0)));
    }
}
