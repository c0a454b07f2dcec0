package aio.policy.fleet.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a roll-out goes on. Pure functions: whoever coordinates comes to the same result, so any node can take over at
 * any moment.
 */
public final class Rollouts {
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
            return rollout.ended(Phase.ROLLED_BACK, failed.get());
        }
        Map<String, String> excused = new TreeMap<>();
        verdicts.forEach((node, verdict) -> {
            if (verdict.kind() == Kind.EXCUSED) {
                excused.put(node, verdict.why());
            }
        });
        Rollout next = excused.isEmpty() ? rollout : rollout.excusing(excused);
        return proceed(next, verdicts, seen);
    }

    private static Rollout proceed(Rollout rollout, Map<String, Verdict> verdicts, Observation seen) {
        if (has(verdicts, Kind.LATE)) {
            return rollout;
        }
        if (!has(verdicts, Kind.KEPT) && !has(verdicts, Kind.WATCHED)) {
            return rollout.ended(Phase.ROLLED_BACK, "no node has moved: " + new TreeMap<>(rollout.excused()));
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
        Report report = seen.reports().get(node);
        if (report == null) {
            Duration absent = seen.absent().getOrDefault(node, Duration.ZERO);
            return Verdict.late(absent.compareTo(patience) > 0, "is cut off or has left, for " + text(absent));
        }
        if (report.localPin().isPresent()) {
            return Verdict.excused("is pinned there to '" + report.localPin().get() + "'");
        }
        if (report.order() < rollout.number()) {
            return Verdict.late(seen.inPhase().compareTo(patience) > 0,
                    "has not taken it up, for " + text(seen.inPhase()));
        }
        return switch (report.answer()) {
            case REFUSED -> decision.allowRefused()
                    ? Verdict.excused("refuses it: " + report.why())
                    : Verdict.failed("refuses it: " + report.why());
            case ROLLED_BACK -> Verdict.failed("has taken it back: " + report.why());
            case NONE, WATCHED -> seen.inPhase().compareTo(decision.watch().plus(patience)) > 0
                    ? Verdict.failed("has not ended its watch, for " + text(seen.inPhase()))
                    : Verdict.WATCHED;
            case DONE -> decision.policy().isEmpty() || decision.policy().equals(report.policy())
                    ? Verdict.KEPT
                    : Verdict.failed("is on '" + report.policy() + "' (" + report.bundle() + ")"
                            + (report.why().isEmpty() ? "" : ": " + report.why()));
        };
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
