package aio.bench.loops;

import static org.assertj.core.api.Assertions.assertThat;

import aio.bench.Figures;
import aio.bench.Options;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command gives its figures; their values do not matter here. */
@EnabledOnOs(OS.LINUX) // the processes are looked at in /proc
@Timeout(180)
class LoopsBenchTest {
    @TempDir
    Path results;

    @Test
    void growthLoops() throws Exception {
        LoopsBench.run(new Options(List.of("--rounds", "1", "--loops", "3", "--connections", "4", "--warmup", "20",
                "--millis", "50", "--results", results.toString())));
        assertThat(Figures.of(results, "growth-loops", "3 loops", "aio selector (A/A)"))
                .containsExactlyInAnyOrder("cpu", "throughput", "p50", "p99");
        assertThat(Figures.of(results, "growth-loops", "3 loops", "Netty NIO")).contains("cpu");
    }
}
