package aio.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All figures of one table, with the heading of their file. */
final class Measured {
    /** Ends the name of a subject that is measured a second time, as a control. */
    static final String CONTROL = " (A/A)";

    private final Map<String, String> heading;
    private final List<Figure> figures;
    private final Map<Key, Sample> samples = new LinkedHashMap<>();

    Measured(Map<String, String> heading, List<Figure> figures) {
        this.heading = Map.copyOf(heading);
        this.figures = List.copyOf(figures);
        Map<Key, List<Figure>> groups = new LinkedHashMap<>();
        for (Figure figure : figures) {
            groups.computeIfAbsent(new Key(figure.what(), figure.subject(), figure.metric()), key -> new ArrayList<>())
                    .add(figure);
        }
        groups.forEach((key, group) -> samples.put(key, Sample.of(group)));
    }

    /** Sorts the figures of files by table. */
    static Map<String, Measured> byTable(List<ResultFile> files) {
        Map<String, Measured> tables = new LinkedHashMap<>();
        for (ResultFile file : files) {
            for (String table : file.figures().stream().map(Figure::table).distinct().toList()) {
                Measured previous = tables.put(table, new Measured(file.heading(),
                        file.figures().stream().filter(figure -> figure.table().equals(table)).toList()));
                if (previous != null) {
                    throw new IllegalArgumentException("table \"" + table + "\" is in " + file.name()
                            + " and in another file too; expected one command for each table");
                }
            }
        }
        return tables;
    }

    /** Returns a line of the heading, empty if it is not there. */
    String heading(String name) {
        return heading.getOrDefault(name, "");
    }

    List<String> cases() {
        return distinct(Figure::what);
    }

    List<String> subjects() {
        return distinct(Figure::subject);
    }

    List<String> metrics() {
        return distinct(Figure::metric);
    }

    Optional<Sample> sample(String what, String subject, String metric) {
        return Optional.ofNullable(samples.get(new Key(what, subject, metric)));
    }

    /** Returns the score of a subject in relation to another one: above 1 it is better. */
    Optional<Double> score(String what, String subject, String metric, String peer) {
        return sample(what, subject, metric).flatMap(own -> sample(what, peer, metric)
                .map(other -> Metrics.isGain(metric) ? own.times(other) : other.times(own)))
                .filter(Double::isFinite);
    }

    /** Returns what the score is at least, in 95 of 100 cases; empty with fewer than six rounds. */
    Optional<Double> scoreAtLeast(String what, String subject, String metric, String peer) {
        if (Metrics.isGain(metric)) {
            throw new IllegalStateException("a sure score of \"" + metric + "\", of which more is better, is not"
                    + " known; expected a cost");
        }
        return sample(what, subject, metric).flatMap(own -> sample(what, peer, metric)
                .map(other -> other.timesAtLeast(own))).filter(Double::isFinite);
    }

    /** Returns the score of a subject in relation to its own control. */
    Optional<Double> control(String what, String subject, String metric) {
        return score(what, subject, metric, subject + CONTROL);
    }

    /** Returns the least number of rounds that a subject has of these metrics. */
    int rounds(List<String> metrics) {
        return samples.entrySet().stream().filter(sample -> metrics.contains(sample.getKey().metric()))
                .mapToInt(sample -> sample.getValue().rounds().size()).min().orElse(0);
    }

    /** Returns the unit of a metric, empty if it has none. */
    String unit(String metric) {
        return figures.stream().filter(figure -> figure.metric().equals(metric)).map(Figure::unit)
                .findFirst().orElse("");
    }

    private List<String> distinct(Function<Figure, String> part) {
        return figures.stream().map(part).distinct().toList();
    }

    private record Key(String what, String subject, String metric) {}
}
