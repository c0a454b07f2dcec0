package aio.policy.fleet.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a roll-out goes on. Pure functions: whoever coordinates comes to the same result, so any node can take over at
 * any moment.
 */
public final class Rollouts {
    // all reasons have to fit into one text, which ZooKeeper takes up to a size
    private static final int LONGEST = 200; // of one node that does not count
    private static final int ALL_TOGETHER = 20_000; // of these; of further ones only the names are kept
    private static final int LONGEST_END = 3_200;
    private static final int NAMED = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private Rollouts() {}

    /** What a coordinator makes of one node of a wave that has begun. */
    private record Verdict(Kind kind, String why) {
        static final Verdict KEPT = new Verdict(Kind.KEPT, "");
        static final Verdict WATCHED = new Verdict(Kind.WATCHED, "its own watch is not over");

        static Verdict failed(String why) {
            return new Verdict(Kind.FAILED, why);
        }

        static Verdict excused(String why) {
            return new Verdict(Kind.EXCUSED, why);
        }

        /** Waits, but not for ever. */
        static Verdict late(boolean tooLate, String why) {
            return new Verdict(tooLate ? Kind.FAILED : Kind.LATE, why);
        }
    }

    /** For what a node of a wave that has begun is waited. Each has its time: a restart begins anew. */
    public enum Stage {
        /** It is not there, or has not taken up the order. */
        MISSED,
        /** Its own watch is not over. */
        TRYING,
        /** For nothing. */
        SETTLED
    }

    private enum Kind {
        KEPT,
        WATCHED,
        LATE,
        EXCUSED,
        FAILED
    }

    /** Returns what the roll-out becomes; an equal one if there is nothing to do but wait. */
    public static Rollout next(Rollout rollout, Observation seen) {
        if (rollout.phase().isOver()) {
            return rollout;
        }
        Map<String, Verdict> verdicts = verdicts(rollout, seen);
        Optional<String> failed = verdicts.entrySet().stream()
                .filter(each -> each.getValue().kind() == Kind.FAILED)
                .map(each -> "node '" + each.getKey() + "' " + each.getValue().why())
                .findFirst();
        if (failed.isPresent()) {
            return rollout.ended(Phase.ROLLED_BACK, cut(failed.get(), LONGEST_END));
        }
        Map<String, String> excused = excused(rollout, verdicts);
        Rollout next = excused.isEmpty() ? rollout : rollout.excusing(excused);
        return proceed(next, verdicts, seen);
    }

    /** Returns who does not count from now on, and why, for as long as there is room for reasons. */
    private static Map<String, String> excused(Rollout rollout, Map<String, Verdict> verdicts) {
        Map<String, String> excused = new TreeMap<>();
        int room = ALL_TOGETHER - rollout.excused().values().stream().mapToInt(String::length).sum();
        for (Map.Entry<String, Verdict> each : verdicts.entrySet()) {
            if (each.getValue().kind() == Kind.EXCUSED) {
                String why = cut(each.getValue().why(), LONGEST);
                excused.put(each.getKey(), why.length() <= room ? why : "");
                room -= Math.min(room, why.length());
            }
        }
        return excused;
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }

    private static String nobodyMoved(Rollout rollout) {
        String named = new TreeMap<>(rollout.excused()).entrySet().stream()
                .limit(NAMED)
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(", "));
        int more = rollout.excused().size() - NAMED;
        return cut("no node has moved: " + named, LONGEST_END) + (more > 0 ? ", and " + more + " more" : "");
    }

    private static Rollout proceed(Rollout rollout, Map<String, Verdict> verdicts, Observation seen) {
        if (has(verdicts, Kind.LATE)) {
            return rollout;
        }
        if (!has(verdicts, Kind.KEPT) && !has(verdicts, Kind.WATCHED)) {
            return rollout.ended(Phase.ROLLED_BACK, nobodyMoved(rollout));
        }
        Duration watch = rollout.decision().watch();
        if (rollout.phase() == Phase.MOVING && !watch.isZero()) {
            return rollout.in(Phase.WATCHED);
        }
        boolean over = !has(verdicts, Kind.WATCHED)
                && (rollout.phase() == Phase.MOVING || seen.inPhase().compareTo(watch) >= 0);
        if (!over || rollout.paused()) {
            return rollout;
        }
        return rollout.isLastWave() ? rollout.ended(Phase.DONE, "") : rollout.nextWave();
    }

    private static boolean has(Map<String, Verdict> verdicts, Kind kind) {
        return verdicts.values().stream().anyMatch(each -> each.kind() == kind);
    }

    private static Map<String, Verdict> verdicts(Rollout rollout, Observation seen) {
        Map<String, Verdict> verdicts = new TreeMap<>();
        for (String node : rollout.moved()) {
            if (!rollout.excused().containsKey(node)) {
                verdicts.put(node, verdict(rollout, node, seen));
            }
        }
        return verdicts;
    }

    private static Verdict verdict(Rollout rollout, String node, Observation seen) {
        Decision decision = rollout.decision();
        Duration patience = decision.patience();
        Duration waited = seen.waits().getOrDefault(node, Duration.ZERO);
        Report report = seen.reports().get(node);
        if (report == null) {
            return Verdict.late(waited.compareTo(patience) > 0, "is cut off or has left, for " + text(waited));
        }
        if (report.localPin().isPresent()) {
            return Verdict.excused("is pinned there to '" + report.localPin().get() + "'");
        }
        if (stage(rollout, report) == Stage.MISSED) {
            return Verdict.late(waited.compareTo(patience) > 0, "has not taken it up, for " + text(waited)
                    + (report.why().isEmpty() ? "" : ": " + report.why()));
        }
        return switch (report.answer()) {
            case REFUSED -> decision.allowRefused()
                    ? Verdict.excused("refuses it: " + report.why())
                    : Verdict.failed("refuses it: " + report.why());
            case ROLLED_BACK -> Verdict.failed("has taken it back: " + report.why());
            case NONE, WATCHED -> waited.compareTo(decision.watch().plus(patience)) > 0
                    ? Verdict.failed("has not ended its watch, for " + text(waited))
                    : Verdict.WATCHED;
            case DONE -> decision.policy().isEmpty() || decision.policy().equals(report.policy())
                    ? Verdict.KEPT
                    : Verdict.failed("is on '" + report.policy() + "' (" + report.bundle() + ")"
                            + (report.why().isEmpty() ? "" : ": " + report.why()));
        };
    }

    /** Returns for what each node of the waves that have begun is waited. */
    public static Map<String, Stage> stages(Rollout rollout, Map<String, Report> reports) {
        Map<String, Stage> stages = new TreeMap<>();
        rollout.moved().forEach(node -> stages.put(node, stage(rollout, reports.get(node))));
        return stages;
    }

    private static Stage stage(Rollout rollout, @Nullable Report report) {
        // a larger number is one of a fleet that was deleted
        if (report == null || report.order() != rollout.number()) {
            return Stage.MISSED;
        }
        return report.answer() == Answer.NONE || report.answer() == Answer.WATCHED ? Stage.TRYING : Stage.SETTLED;
    }

    /** Returns for whom or what the roll-out waits, for people. */
    public static List<String> waiting(Rollout rollout, Observation seen) {
        List<String> waiting = new ArrayList<>();
        if (rollout.phase().isOver()) {
            return waiting;
        }
        verdicts(rollout, seen).forEach((node, verdict) -> {
            if (verdict.kind() == Kind.LATE || verdict.kind() == Kind.WATCHED) {
                waiting.add("node '" + node + "': " + verdict.why());
            }
        });
        return waiting;
    }

    private static String text(Duration time) {
        return String.format(Locale.ROOT, "%.1f s",
                time.getSeconds() + time.getNano() / NANOS_PER_SECOND);
    }
}
