package aio.bench.report;

import aio.bench.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code bench/run report}: takes new files of results over to {@code docs/performance}, fills the tables of
 * docs/performance.md, of the pages in docs/performance and of the README from all files there, and draws the charts.
 */
public final class Report {
    private Report() {}

    /**
     * Draws everything; {@code --results}, {@code --docs} and {@code --readme} say where it is if not at its usual
     * place, {@code --charts no} leaves the charts as they are, where the JDK has no fonts.
     */
    public static void run(Options options) throws IOException {
        Path docs = Path.of(options.text("docs", "docs"));
        Path kept = docs.resolve("performance");
        Files.createDirectories(kept);
        take(Path.of(options.text("results", "bench/results")), kept);
        Map<String, Measured> measured = Measured.byTable(ResultFile.readAll(kept));
        Goals.requireVerdicts(measured);
        measured.keySet().stream().filter(name -> Tables.named(name).isEmpty())
                .forEach(name -> System.err.println("table \"" + name + "\" has figures and no place in the document"));
        for (Path page : pages(docs, Path.of(options.text("readme", "README.md")))) {
            Files.writeString(page, Page.fill(Files.readString(page), measured));
        }
        boolean charts = options.text("charts", "yes").equals("yes");
        for (Table table : Tables.all()) {
            Measured figures = measured.get(table.name());
            if (charts && figures != null) {
                draw(table, figures, kept);
            }
        }
    }

    /** Returns the pages that have places for figures: the README, the first page, and one for each benchmark. */
    static List<Path> pages(Path docs, Path readme) throws IOException {
        try (Stream<Path> files = Files.list(docs.resolve("performance"))) {
            return Stream.concat(Stream.of(readme, docs.resolve("performance.md")),
                    files.filter(file -> file.toString().endsWith(".md")).sorted()).toList();
        }
    }

    private static void take(Path results, Path kept) throws IOException {
        if (!Files.isDirectory(results)) {
            System.err.println("no new results in \"" + results + "\"; drawing from \"" + kept + "\" alone");
            return;
        }
        try (Stream<Path> files = Files.list(results)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".csv")).sorted().toList()) {
                if (ResultFile.read(file).figures().isEmpty()) {
                    System.err.println("\"" + file + "\" has no figures and is not taken over");
                    continue;
                }
                Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void draw(Table table, Measured figures, Path directory) throws IOException {
        for (Chart chart : table.charts()) {
            if (!chart.points(figures).isEmpty()) {
                Files.writeString(directory.resolve(chart.file() + ".svg"), new Drawing(chart, figures).draw());
            }
        }
    }
}
