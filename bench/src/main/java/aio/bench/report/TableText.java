package aio.bench.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;

/** Writes a table of the document: the goals, the figures, their origin, the charts. */
final class TableText {
    private static final double NOISE = 0.10;
    private static final int ROUNDS = 10;

    private final Table table;
    private final Measured measured;
    private final StringBuilder text = new StringBuilder();

    private TableText(Table table, Measured measured) {
        this.table = table;
        this.measured = measured;
    }

    static String of(Table table, Measured measured) {
        TableText writer = new TableText(table, measured);
        writer.goals();
        writer.figures();
        writer.notes();
        for (Chart chart : table.charts()) {
            writer.chart(chart);
        }
        return writer.text.toString().strip() + "\n";
    }

    private void goals() {
        List<Goal.Verdict> verdicts = Goals.judge(table.name(), measured);
        if (verdicts.isEmpty()) {
            return;
        }
        row(List.of("case", "subject", "goal", "measured", "A/A", "goal is"));
        row(List.of("---", "---", "---", "--:", "--:", "---"));
        for (Goal.Verdict verdict : verdicts) {
            Goal goal = verdict.goal();
            String control = measured.control(verdict.what(), goal.subject(), goal.metric())
                    .map(Numbers::ratio).orElse("-");
            row(List.of(verdict.what(), goal.subject(), verdict.words(), verdict.measured(), control,
                    verdict.outcome().toString()));
        }
        text.append('\n');
    }

    private void figures() {
        List<String> heading = new ArrayList<>(List.of("case", "subject"));
        List<String> rule = new ArrayList<>(List.of("---", "---"));
        for (String metric : table.metrics(measured)) {
            heading.add(Metrics.words(metric, measured.unit(metric)));
            rule.add("--:");
            if (isCompared(metric)) {
                heading.add("ratio");
                rule.add("--:");
            }
        }
        row(heading);
        row(rule);
        for (String what : measured.cases()) {
            String first = what;
            for (String subject : measured.subjects()) {
                if (isMeasured(what, subject)) {
                    row(cells(first, what, subject));
                    first = "";
                }
            }
        }
        text.append('\n');
    }

    private List<String> cells(String first, String what, String subject) {
        List<String> cells = new ArrayList<>(List.of(first, subject));
        for (String metric : table.metrics(measured)) {
            cells.add(measured.sample(what, subject, metric).map(Numbers::spread).orElse("-"));
            if (isCompared(metric)) {
                cells.add(table.reference(measured, what)
                        .flatMap(reference -> measured.score(what, subject, metric, reference))
                        .map(Numbers::ratio).orElse("-"));
            }
        }
        return cells;
    }

    private boolean isCompared(String metric) {
        return !table.references().isEmpty() && Metrics.isCompared(metric);
    }

    private boolean isMeasured(String what, String subject) {
        return table.metrics(measured).stream().anyMatch(metric -> measured.sample(what, subject, metric).isPresent());
    }

    private void notes() {
        List<String> references = measured.cases().stream().flatMap(what -> table.reference(measured, what).stream())
                .distinct().toList();
        if (!references.isEmpty()) {
            line("Ratio: to " + String.join(", else to ", references) + "; more is better.");
        }
        line(controls());
        missing();
        int rounds = measured.rounds(table.metrics(measured));
        line("Median (10th to 90th percentile) of " + rounds + (rounds == 1 ? " round" : " rounds")
                + (rounds < ROUNDS ? ", which is too few to rely on: 10 are wanted." : "."));
        line("`" + measured.heading("command") + "`, " + measured.heading("jdk") + ", " + measured.heading("processor")
                + ", cores: " + measured.heading("cores") + ", " + measured.heading("system") + ", revision "
                + measured.heading("revision") + ".");
    }

    private void missing() {
        String known = measured.heading("left out");
        if (!known.isEmpty()) {
            line("Left out: " + known + ".");
        }
        List<String> missing = table.expected().stream()
                .filter(subject -> !measured.subjects().contains(subject) && !known.contains(subject)).toList();
        if (!missing.isEmpty()) {
            line("Not in this run: " + String.join(", ", missing) + ".");
        }
    }

    private String controls() {
        List<Control> controls = measured.cases().stream().flatMap(what -> measured.subjects().stream()
                .flatMap(subject -> table.metrics(measured).stream().filter(Metrics::isCompared)
                        .flatMap(metric -> control(what, subject, metric).stream()))).toList();
        if (controls.isEmpty()) {
            return "This run has no A/A control.";
        }
        DoubleSummaryStatistics scores = controls.stream().mapToDouble(Control::score).summaryStatistics();
        String range = "A/A, the same subject twice: " + Numbers.ratio(scores.getMin()) + " to "
                + Numbers.ratio(scores.getMax()) + ".";
        List<String> loud = controls.stream().filter(Control::isOff).map(Control::words).toList();
        return loud.isEmpty() ? range : range + " **Off by more than 10 %, so do not read differences of that size: "
                + String.join("; ", loud) + ".**";
    }

    private Optional<Control> control(String what, String subject, String metric) {
        return measured.control(what, subject, metric).map(score -> new Control(what, subject, metric, score));
    }

    private void chart(Chart chart) {
        if (!chart.points(measured).isEmpty()) {
            text.append("\n![").append(chart.title()).append("](").append(chart.file()).append(".svg)\n");
        }
    }

    /** Lines follow each other as items, which keeps them short in the source and apart on the page. */
    private void line(String line) {
        text.append("* ").append(line).append('\n');
    }

    private void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private record Control(String what, String subject, String metric, double score) {
        boolean isOff() {
            return score > 1 + NOISE || score < 1 / (1 + NOISE);
        }

        String words() {
            return what + ", " + subject + ", " + metric + " " + Numbers.ratio(score);
        }
    }
}
