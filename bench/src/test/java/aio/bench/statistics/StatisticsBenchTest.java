package aio.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import aio.bench.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StatisticsBenchTest {
    @Test
    @Timeout(120)
    void eachCopy_servesInTurn(@TempDir Path folder) throws Exception {
        StatisticsBench.run(new Options(List.of("--results", folder.toString(), "--launches", "1", "--rounds", "1",
                "--windows", "2", "--millis", "5", "--warmup", "15", "--connections", "2")));

        List<String> figures = Files.readAllLines(folder.resolve("statistics.csv")).stream()
                .filter(line -> line.startsWith("statistics,64 B x 2,")).toList();
        assertThat(figures).hasSize(3).allMatch(line -> line.matches(".*,1,cpu,[0-9.]+,us"));
        assertThat(figures).extracting(line -> line.split(",")[2]).containsExactlyElementsOf(StatisticsBench.SUBJECTS);
    }
}
