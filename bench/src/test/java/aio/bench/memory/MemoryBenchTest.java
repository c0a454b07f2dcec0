package aio.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
class MemoryBenchTest {
    @TempDir
    Path results;

    @Test
    void memory() throws Exception {
        MemoryBench.run(new Options(List.of("--rounds", "1", "--connections", "50",
                "--subjects", "aio selector,Netty NIO",
                "--results", results.toString())));
        assertThat(Figures.of(results, "memory", "only opened x 50", "aio selector"))
                .contains("heap", "heap of sun.nio.ch.SocketChannelImpl");
        assertThat(Figures.of(results, "memory", "echoed once x 50", "Netty NIO")).contains("heap");
    }

    @Test
    void tooManyConnectionsAreRefusedAtOnce() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MemoryBench.run(new Options(List.of("--connections", "2000000000"))))
                .withMessageContaining("2000000300").withMessageContaining("ulimit");
    }
}
