package aio.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aio.bench.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    private static final String PAGE = "before\n<!-- table: echo -->\nold\n<!-- /table -->\nbetween\n"
            + "<!-- table: tls -->\n<!-- /table -->\nafter\n";

    @Test
    void onlyThePlacesAreFilled() throws Exception {
        String filled = Page.fill(PAGE, Sampled.all());
        assertThat(filled).startsWith("before\n<!-- table: echo -->\n\n| case").doesNotContain("old")
                .contains("<!-- /table -->\nbetween\n", "No figures yet: `bench/run tls`")
                .endsWith("<!-- /table -->\nafter\n");
        assertThat(Page.fill(filled, Sampled.all())).isEqualTo(filled);
    }

    @Test
    void anUnknownTableIsNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> Page.fill(PAGE.replace("tls", "tsl"), Map.of()))
                .withMessageContaining("no table \"tsl\"").withMessageContaining("growth-loops");
    }

    @Test
    void headlinesShowWhatIsMeasured() throws Exception {
        assertThat(Page.fill("<!-- table: headlines -->\n<!-- /table -->", Sampled.all()))
                .contains("0.98 of java.nio, 1.15 of Netty epoll |").doesNotContain("TLS");
    }

    @Test
    void theFirstPageNamesMisses() throws Exception {
        Measured slow = Sampled.of(Sampled.figure("64 B x 32", "aio selector", 1, "cpu", 4),
                Sampled.figure("64 B x 32", "java.nio", 1, "cpu", 2));
        assertThat(Page.fill("<!-- table: missed -->\n<!-- /table -->", Map.of("echo", slow)))
                .contains("Of 1 goals, 0 are reached, 1 are missed, and 0 are not judged",
                        "| [echo](performance/echo.md) | 64 B x 32 | CPU per request: at least 0.95 of java.nio |",
                        " | 0.50 |\n");
    }

    @Test
    void theFirstPageNamesMachines() throws Exception {
        assertThat(Page.fill("<!-- table: machine -->\n<!-- /table -->", Sampled.all()))
                .contains("* echo, growth-connections: Example CPU @ 2.00GHz, cores: 2, Linux 6.1, OpenJDK");
    }

    @Test
    void theReportTakesResultsOverAndFillsAllPages(@TempDir Path root) throws Exception {
        Path docs = Files.createDirectory(root.resolve("docs"));
        Path benchmark = Files.createDirectory(docs.resolve("performance")).resolve("echo.md");
        Path readme = Files.writeString(root.resolve("README.md"), "<!-- table: headlines -->\n<!-- /table -->\n");
        Files.writeString(benchmark, PAGE);
        Files.writeString(docs.resolve("performance.md"), "<!-- table: missed -->\n<!-- /table -->\n");
        Report.run(new Options(List.of("--results", Sampled.directory().toString(), "--docs", docs.toString(),
                "--readme", readme.toString(), "--charts", "no")));
        assertThat(docs.resolve("performance/echo.csv"))
                .hasSameTextualContentAs(Sampled.directory().resolve("echo.csv"));
        assertThat(benchmark).content().contains("| 64 B x 32 | aio selector |");
        assertThat(docs.resolve("performance.md")).content().contains("Of 10 goals, 10 are reached");
        assertThat(readme).content().contains("0.98 of java.nio");
    }
}
