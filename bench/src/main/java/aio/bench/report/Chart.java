package aio.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a chart shows of the figures of its table: one metric of all subjects in some cases, without controls. */
record Chart(String file, String title, Kind kind, Pattern cases, String metric, String x) {
    enum Kind {
        /** A group of bars for each case. */
        BARS,
        /** A line for each subject, over the last number in the name of a case, both on logarithmic axes. */
        GROWTH
    }

    private static final Pattern NUMBER_AT_END = Pattern.compile("(.*?)( x| at|,)? [\\d.e]+");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?(e\\d+)?");

    /** Returns the last number that a case has in its name. */
    static OptionalDouble number(String what) {
        return NUMBER.matcher(what).results().mapToDouble(found -> Double.parseDouble(found.group()))
                .reduce((first, second) -> second);
    }

    /**
     * Returns the medians that are drawn: by bar or line, then by case. Cases whose names differ in more than a number
     * make lines of their own.
     */
    Map<String, Map<String, Double>> points(Measured measured) {
        boolean several = kind == Kind.GROWTH
                && cases(measured).stream().map(Chart::withoutNumber).distinct().count() > 1;
        Map<String, Map<String, Double>> lines = new LinkedHashMap<>();
        for (String subject : measured.subjects()) {
            for (String what : subject.endsWith(Measured.CONTROL) ? List.<String>of() : cases(measured)) {
                String line = several ? subject + ", " + withoutNumber(what) : subject;
                measured.sample(what, subject, metric).map(Sample::median).filter(median -> median > 0)
                        .ifPresent(median -> lines.computeIfAbsent(line, each -> new LinkedHashMap<>())
                                .put(what, median));
            }
        }
        return lines;
    }

    /** {@code 1 policy} and {@code 3 policies} are the same except for the number. */
    private static String withoutNumber(String what) {
        Matcher matcher = NUMBER_AT_END.matcher(what);
        return matcher.matches() ? matcher.group(1).strip() : "";
    }

    /** Returns the label of the axis of values. */
    String y(Measured measured) {
        return Metrics.words(metric, measured.unit(metric));
    }

    /** Returns the description of the figures, which the file carries too: it tells what was drawn. */
    String describe(Measured measured) {
        StringBuilder text = new StringBuilder(title).append(" (").append(y(measured)).append("), medians.");
        points(measured).forEach((subject, line) -> {
            text.append(' ').append(subject).append(':');
            line.forEach((what, value) -> text.append(' ').append(what).append(" = ")
                    .append(Numbers.figure(value)).append(';'));
        });
        return text.toString();
    }

    private List<String> cases(Measured measured) {
        return measured.cases().stream().filter(what -> cases.matcher(what).matches())
                .filter(what -> kind != Kind.GROWTH || number(what).isPresent()).toList();
    }
}
