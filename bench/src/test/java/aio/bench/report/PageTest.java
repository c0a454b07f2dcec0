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
    void theReportTakesResultsOverAndFillsBothPages(@TempDir Path root) throws Exception {
        Path docs = Files.createDirectory(root.resolve("docs"));
        Path readme = Files.writeString(root.resolve("README.md"), "<!-- table: headlines -->\n<!-- /table -->\n");
        Files.writeString(docs.resolve("performance.md"), PAGE);
        Report.run(new Options(List.of("--results", Sampled.directory().toString(), "--docs", docs.toString(),
                "--readme", readme.toString(), "--charts", "no")));
        assertThat(docs.resolve("performance/echo.csv"))
                .hasSameTextualContentAs(Sampled.directory().resolve("echo.csv"));
        assertThat(docs.resolve("performance.md")).content().contains("| 64 B x 32 | aio selector |");
        assertThat(readme).content().contains("0.98 of java.nio");
    }
}
