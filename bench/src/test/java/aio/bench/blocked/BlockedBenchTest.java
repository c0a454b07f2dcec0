package aio.bench.blocked;

import static org.assertj.core.api.Assertions.assertThat;

import aio.bench.Figures;
import aio.bench.Options;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command gives its figures; their values do not matter here. */
@Timeout(60)
class BlockedBenchTest {
    @TempDir
    private Path results;

    @Test
    void blocked() throws Exception {
        BlockedBench.run(new Options(List.of("--rounds", "1", "--blocks", "2", "--millis", "1,400", "--results",
                results.toString())));
        assertThat(Figures.of(results, "blocked", "1 ms", "idle loop")).contains("seen", "named");
        for (String loop : List.of("idle loop", "busy loop")) {
            assertThat(Figures.of(results, "blocked", "400 ms", loop))
                    .containsExactlyInAnyOrder("seen", "named", "min", "p50", "max");
        }
    }
}
