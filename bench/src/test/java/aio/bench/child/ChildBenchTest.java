package aio.bench.child;

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
class ChildBenchTest {
    @TempDir
    Path results;

    @Test
    void child() throws Exception {
        ChildBench.run(new Options(List.of("--rounds", "1", "--children", "2", "--mechanisms", "VFORK",
                "--python", "/there/is/no/python", "--results", results.toString())));
        assertThat(Figures.of(results, "child", "no pipes", "aio selector (A/A)"))
                .containsExactlyInAnyOrder("p50", "p99");
        assertThat(Figures.of(results, "child", "pipes by VFORK", "ProcessBuilder")).contains("p50");
        assertThat(results.resolve("child.csv")).content().contains("# left out: asyncio", "/there/is/no/python");
    }
}
