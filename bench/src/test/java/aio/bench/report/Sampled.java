package aio.bench.report;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small figures for tests, invented so that every ratio is known. */
final class Sampled {
    private Sampled() {}

    static Path directory() throws URISyntaxException {
        return Path.of(Sampled.class.getResource("echo.csv").toURI()).getParent();
    }

    static Measured table(String name) throws IOException, URISyntaxException {
        return all().get(name);
    }

    static Map<String, Measured> all() throws IOException, URISyntaxException {
        return Measured.byTable(ResultFile.readAll(directory()));
    }

    static Measured of(Figure... figures) {
        return new Measured(Map.of(), List.of(figures));
    }

    static Figure figure(String what, String subject, int round, String metric, double value) {
        return new Figure("echo", what, subject, round, metric, value, "us");
    }
}
