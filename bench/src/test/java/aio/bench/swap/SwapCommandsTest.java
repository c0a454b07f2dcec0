package aio.bench.swap;

import static org.assertj.core.api.Assertions.assertThat;

import aio.bench.Figures;
import aio.bench.Options;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command gives its figures; their values do not matter here. */
@Timeout(180)
class SwapCommandsTest {
    @TempDir
    Path results;

    @Test
    void swap() throws Exception {
        SwapBench.run(new Options(List.of("--rounds", "1", "--swaps", "2", "--warmups", "1", "--policies", "1,5",
                "--stops", "2", "--bundle-connections", "3", "--results", results.toString())));
        assertThat(Figures.of(results, "swap", "5 policies", "aio (A/A)"))
                .containsExactlyInAnyOrder("arrival", "departure", "arrival share", "departure share");
        assertThat(Figures.of(results, "swap", "1 policy", "ServiceTracker")).contains("departure share");
        assertThat(Figures.of(results, "swap", "bundle stop with 3 connections", "aio"))
                .containsExactlyInAnyOrder("current", "stop", "start", "exchange", "pause");
        assertThat(Figures.of(results, "swap", "bundle stop", "DS")).contains("current", "stop");
    }

    @Test
    void growth() throws Exception {
        SwapBench.growth(new Options(List.of("--rounds", "1", "--swaps", "2", "--warmups", "1", "--policies", "1,3",
                "--results", results.toString())));
        assertThat(Figures.of(results, "growth-policies", "3 policies", "aio")).contains("arrival share");
    }

    @Test
    void exchange() throws Exception {
        ExchangeBench.run(new Options(List.of("--rounds", "1", "--connections", "3", "--warmup", "20",
                "--warmups", "1", "--millis", "200", "--results", results.toString())));
        assertThat(Figures.of(results, "exchange", "selector to proactor x 3", "aio")).containsExactlyInAnyOrder("time",
                "pause", "longest latency", "throughput before", "throughput during", "throughput ratio");
        assertThat(Figures.of(results, "exchange", "selector to selector x 3", "aio (A/A)")).contains("time");
        assertThat(Figures.of(results, "exchange", "no exchange x 3", "aio")).contains("throughput ratio");
    }
}
