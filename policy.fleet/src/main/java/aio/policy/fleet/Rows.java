package aio.policy.fleet;

import aio.policy.console.text.Plain;
import aio.policy.console.text.Table;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Observation;
import aio.policy.fleet.rollout.Report;
import aio.policy.fleet.rollout.Rollout;
import aio.policy.fleet.rollout.Rollouts;
import aio.policy.fleet.rollout.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Nodes and roll-outs as lines for people, and as rows for scripts. Stateless. */
final class Rows {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double PERCENT = 100;
    private static final String NOTHING = "-";

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private Rows() {}

    /** Returns members of the roll-out that are not there. */
    static List<String> cutOff(State state, Map<String, Report> reports) {
        TreeSet<String> gone = new TreeSet<>();
        state.rollout().ifPresent(rollout -> rollout.waves().forEach(gone::addAll));
        gone.removeAll(reports.keySet());
        return List.copyOf(gone);
    }

    static List<String> nodes(State state, Map<String, Report> reports, Optional<String> coordinator) {
        Table table = new Table().left("NODE").left("POLICY").left("ENGINE").right("LAG").right("ERRORS").right("ORDER")
                .left("ANSWER").left("SINCE").left("NOTE");
        for (Report report : reports.values()) {
            String note = report.localPin().map(pin -> "pinned there to '" + pin + "'").orElse(report.why());
            table.row(coordinator.filter(report.node()::equals).isPresent(),
                    List.of(report.node(), report.policy(), report.engine(), millis(report.lag()),
                            share(report.errors()), Long.toString(report.order()), report.answer().toString(),
                            when(report.since()), note));
        }
        for (String node : cutOff(state, reports)) {
            table.row(false, List.of(node, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING,
                    "cut off, or left"));
        }
        return table.lines();
    }

    /** Returns the nodes, and below them who is not there any more. */
    static List<Map<String, Object>> rows(State state, Map<String, Report> reports, Optional<String> coordinator) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Report report : reports.values()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("node", report.node());
            row.put("there", true);
            row.put("coordinator", coordinator.filter(report.node()::equals).isPresent());
            row.put("policy", report.policy());
            row.put("engine", report.engine());
            row.put("bundle", report.bundle());
            row.put("localPin", report.localPin());
            row.put("order", report.order());
            row.put("answer", report.answer().toString());
            row.put("why", report.why());
            row.put("lagNanos", report.lag().toNanos());
            row.put("errors", report.errors());
            row.put("since", report.since().toString());
            rows.add(row);
        }
        for (String node : cutOff(state, reports)) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("node", node);
            row.put("there", false);
            rows.add(row);
        }
        return rows;
    }

    /** Returns for whom the roll-out waits. */
    private static List<String> waiting(State state, Map<String, Report> reports) {
        return state.underWay()
                .map(each -> Rollouts.waiting(each, new Observation(reports, Map.of(), Duration.ZERO)))
                .orElse(List.of());
    }

    static List<String> status(State state, Map<String, Report> reports) {
        List<String> lines = new ArrayList<>();
        lines.add(state.desired().number() == 0
                ? "desired: nothing was decided yet"
                : "desired: " + pin(state.desired().policy()) + ", number " + state.desired().number() + ", of "
                        + state.desired().who());
        state.rollout().ifPresent(rollout -> {
            lines.add("last roll-out: " + line(rollout));
            lines.addAll(details(rollout));
        });
        waiting(state, reports).forEach(each -> lines.add("  waits: " + each));
        cutOff(state, reports).forEach(node -> lines.add("  cut off, or left: node '" + node + "'"));
        reports.values().forEach(report -> report.localPin().ifPresent(pin ->
                lines.add("  pinned there: node '" + report.node() + "' to '" + pin + "'")));
        return lines.stream().map(Plain::text).toList();
    }

    /** Returns a roll-out as a line. */
    static String line(Rollout rollout) {
        Decision decision = rollout.decision();
        return Plain.text("number " + rollout.number() + ", " + pin(decision.policy()) + ", of " + decision.who()
                + ", " + when(decision.when()) + ": " + rollout.stand()
                + (rollout.reason().isEmpty() ? "" : ": " + rollout.reason()));
    }

    private static List<String> details(Rollout rollout) {
        List<String> lines = new ArrayList<>();
        for (int wave = 0; wave < rollout.waves().size(); wave++) {
            List<String> nodes = rollout.waves().get(wave);
            lines.add("  wave " + (wave + 1) + ", " + nodes.size() + (nodes.size() == 1 ? " node" : " nodes")
                    + (nodes.size() > 10 ? "" : ": " + String.join(", ", nodes))
                    + (wave <= rollout.wave() ? "" : " (not begun)"));
        }
        rollout.excused().forEach((node, why) -> lines.add("  does not count: node '" + node + "' " + why));
        return lines;
    }

    private static String pin(String policy) {
        return policy.isEmpty() ? "no pin" : "'" + policy + "'";
    }

    static Map<String, Object> row(Rollout rollout) {
        Decision decision = rollout.decision();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("number", rollout.number());
        row.put("policy", decision.policy());
        row.put("phase", rollout.phase().toString());
        row.put("paused", rollout.paused());
        row.put("reason", rollout.reason());
        row.put("wave", rollout.wave() + 1);
        row.put("waves", rollout.waves());
        row.put("excused", rollout.excused());
        row.put("watchNanos", decision.watch().toNanos());
        row.put("maxLagNanos", decision.maxLag().map(Duration::toNanos));
        row.put("maxErrors", decision.maxErrors());
        row.put("allowRefused", decision.allowRefused());
        row.put("patienceNanos", decision.patience().toNanos());
        row.put("who", decision.who());
        row.put("when", decision.when().toString());
        return row;
    }

    /** Returns what is decided; {@code trouble} is why the node that is asked does not act. */
    static Map<String, Object> row(
            State state, Map<String, Report> reports, Optional<String> coordinator, Optional<String> trouble) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("desired", state.desired().policy());
        row.put("number", state.desired().number());
        row.put("who", state.desired().who());
        row.put("when", state.desired().when().toString());
        row.put("coordinator", coordinator);
        row.put("nodes", reports.size());
        row.put("rollout", state.rollout().map(Rows::row));
        row.put("waits", waiting(state, reports));
        row.put("trouble", trouble);
        return row;
    }

    private static String when(Instant time) {
        return WHEN.format(time.atZone(ZoneId.systemDefault()));
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / NANOS_PER_MILLI);
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
    }
}
