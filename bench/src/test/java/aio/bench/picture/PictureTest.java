package aio.bench.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The picture of the README is one that the generator draws, and the words of a recording tell of losses. */
class PictureTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void thePictureOfTheReadmeIsWholeAndLostNothing() throws Exception {
        Drawn.requireWhole(Files.readString(ROOT.resolve("docs/swap.svg")));
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(readme.substring(0, readme.indexOf("\n## "))).contains("](docs/swap.svg)");
    }

    @Test
    void lossesAreToldByTheSideThatSawMore() {
        assertThat(recording(List.of("closed", "closed"), 1).summary()).endsWith("8 connections kept, 2 lost");
        assertThat(recording(List.of(), 1).summary()).endsWith("9 connections kept, 1 lost");
        assertThat(recording(List.of(), 0).describe()).contains("10 connections kept, 0 lost. machine.",
                "0.500 to 0.600 s: policy: a -> b", "Throughput, 1/s: 50.", "p99 of the round trip, ms: 3.00.");
    }

    private static Recording recording(List<String> losses, int told) {
        return new Recording(1_000_000_000L,
                List.of(new Slice(1_000_000_000L, 1_100_000_000L, 5, 3_000_000, 4_000_000)),
                List.of(new Swap(1_500_000_000L, 1_600_000_000L, "b", "selector", "policy: a -> b", 10, told)),
                10, 1024, Duration.ofMillis(5), losses, "machine");
    }
}
