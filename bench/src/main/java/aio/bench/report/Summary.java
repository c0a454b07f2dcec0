package aio.bench.report;

import aio.bench.report.Goal.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the first page says of all benchmarks together; each benchmark has a page of its own in the folder. */
final class Summary {
    /** The name of the marker for the goals that are missed. */
    static final String MISSED = "missed";
    /** The name of the marker for the machines and JDKs that measured. */
    static final String MACHINE = "machine";

    private Summary() {}

    /** Returns how many goals are reached, and the rows of those that are missed. */
    static String missed(Map<String, Measured> measured) {
        List<Goal.Verdict> verdicts = Tables.all().stream().filter(table -> measured.containsKey(table.name()))
                .flatMap(table -> Goals.judge(table.name(), measured.get(table.name())).stream()).toList();
        StringBuilder text = new StringBuilder("Of " + verdicts.size() + " goals, "
                + count(verdicts, Outcome.REACHED) + " are reached, " + count(verdicts, Outcome.MISSED)
                + " are missed, and " + count(verdicts, Outcome.NOT_JUDGED)
                + " are not judged because the load is the limit.\n\n"
                + "| benchmark | case | goal | measured |\n| --- | --- | --- | --: |\n");
        verdicts.stream().filter(verdict -> verdict.outcome() == Outcome.MISSED).forEach(verdict ->
                text.append("| ").append(link(verdict.goal().table())).append(" | ").append(verdict.what())
                        .append(" | ").append(verdict.words()).append(" | ").append(verdict.measured())
                        .append(" |\n"));
        return text.toString();
    }

    private static long count(List<Goal.Verdict> verdicts, Outcome outcome) {
        return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
    }

    private static String link(String table) {
        return "[" + table + "](performance/" + Tables.named(table).orElseThrow().page() + ")";
    }

    /** Returns a line for each machine and JDK, with its benchmarks. */
    static String machine(Map<String, Measured> measured) {
        Map<String, List<String>> machines = new LinkedHashMap<>();
        for (Table table : Tables.all()) {
            Measured figures = measured.get(table.name());
            if (figures != null) {
                // the rest tells which of them a process may use, as does the page of the benchmark
                String cores = figures.heading("cores").split(";")[0];
                String machine = figures.heading("processor") + ", cores: " + cores + ", "
                        + figures.heading("system") + ", " + figures.heading("jdk")
                        + (figures.heading("peers").isEmpty() ? "" : "; " + figures.heading("peers"));
                machines.computeIfAbsent(machine, each -> new ArrayList<>()).add(table.name());
            }
        }
        StringBuilder text = new StringBuilder();
        machines.forEach((machine, tables) ->
                text.append("* ").append(String.join(", ", tables)).append(": ").append(machine).append(".\n"));
        return text.toString();
    }
}
