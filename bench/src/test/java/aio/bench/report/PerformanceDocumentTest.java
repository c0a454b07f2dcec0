package aio.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the documents show is what the kept figures say. */
class PerformanceDocumentTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCUMENT = ROOT.resolve("docs/performance.md");
    private static final Path KEPT = ROOT.resolve("docs/performance");

    private Map<String, Measured> measured;

    @BeforeEach
    void read() throws IOException {
        measured = Measured.byTable(ResultFile.readAll(KEPT));
    }

    @Test
    void tablesAreThoseOfTheFigures() throws IOException {
        for (Path page : new Path[] {DOCUMENT, ROOT.resolve("README.md")}) {
            String text = Files.readString(page);
            assertThat(text).as("%s; bench/run report draws it again", page).isEqualTo(Page.fill(text, measured));
        }
    }

    @Test
    void everyGoalHasAVerdict() {
        Goals.requireVerdicts(measured);
    }

    @Test
    void everyTableHasItsPlaceAndItsCommand() throws IOException {
        String text = Files.readString(DOCUMENT);
        for (Table table : Tables.all()) {
            assertThat(text).contains("<!-- table: " + table.name() + " -->\n", table.command() + "`");
        }
        assertThat(Tables.all()).extracting(Table::name).containsAll(measured.keySet());
    }

    @Test
    void chartsAreThoseOfTheFigures() throws IOException {
        Set<String> expected = new TreeSet<>();
        for (Table table : Tables.all()) {
            Measured figures = measured.get(table.name());
            for (Chart chart : table.charts()) {
                if (figures != null && !chart.points(figures).isEmpty()) {
                    expected.add(chart.file() + ".svg");
                    assertThat(KEPT.resolve(chart.file() + ".svg")).content().as("bench/run report draws it again")
                            .contains(">" + chart.describe(figures) + "<");
                }
            }
        }
        assertThat(charts()).isEqualTo(expected);
    }

    private static Set<String> charts() throws IOException {
        if (!Files.isDirectory(KEPT)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(KEPT)) {
            return new TreeSet<>(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".svg")).toList());
        }
    }
}
