package aio.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The documents show what the stored figures say. */
class PerformanceDocumentTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCUMENT = ROOT.resolve("docs/performance.md");
    private static final Path KEPT = ROOT.resolve("docs/performance");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(?:#[^)]*)?\\)");

    private Map<String, Measured> measured;

    @BeforeEach
    void read() throws IOException {
        measured = Measured.byTable(ResultFile.readAll(KEPT));
    }

    @Test
    void tablesAreThoseOfTheFigures() throws IOException {
        for (Path page : Report.pages(DOCUMENT.getParent(), ROOT.resolve("README.md"))) {
            String text = Files.readString(page);
            assertThat(text).as("%s; bench/run report draws it again", page).isEqualTo(Page.fill(text, measured));
        }
    }

    @Test
    void theFirstPageNamesWhatIsMissedAndIsShort() throws IOException {
        assertThat(DOCUMENT).content().contains("<!-- table: headlines -->", "<!-- table: missed -->",
                "<!-- table: machine -->");
        assertThat(Files.readAllLines(DOCUMENT)).hasSizeLessThanOrEqualTo(110);
    }

    @Test
    void linksBetweenThePagesLeadSomewhere() throws IOException {
        for (Path page : Report.pages(DOCUMENT.getParent(), DOCUMENT)) {
            LINK.matcher(Files.readString(page)).results().map(link -> link.group(1))
                    .filter(link -> !link.contains("://"))
                    .forEach(link -> assertThat(page.resolveSibling(link)).as("a link of %s", page).exists());
        }
    }

    @Test
    void everyGoalHasAVerdict() {
        Goals.requireVerdicts(measured);
    }

    @Test
    void everyTableHasItsPlaceAndItsCommandOnThePageOfItsBenchmark() throws IOException {
        String first = Files.readString(DOCUMENT);
        for (Table table : Tables.all()) {
            assertThat(KEPT.resolve(table.page())).content()
                    .contains("<!-- table: " + table.name() + " -->\n", table.command() + "`");
            assertThat(first).contains("](performance/" + table.page() + ")");
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
