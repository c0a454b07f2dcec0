package aio.bench.report;

import aio.bench.report.Goal.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the figures are measured against: every goal of the project, in one place. */
final class Goals {
    private static final String SELECTOR = "aio selector";
    private static final String URING = "aio uring";
    private static final String UNMEASURED = "aio selector without statistics";
    private static final String PROACTOR = "aio proactor";
    private static final String AIO = "aio";
    private static final String NIO = "java.nio";
    private static final String TIME = "time";

    /** Bytes of one handle. */
    private static final double HANDLE = 24;

    private static final List<Goal> ALL = Stream.of(transports(), uring(), small(), exchange(), resources())
            .flatMap(List::stream).toList();

    /** Bytes for each operation: less than any object, more than the profiler's own share, which is never exactly 0. */
    private static final double NO_OBJECT = 0.1;

    private Goals() {}

    /** Returns the goals of a table. */
    static List<Goal> of(String table) {
        return ALL.stream().filter(goal -> goal.table().equals(table)).toList();
    }

    /** Returns the verdicts of a table, case by case. */
    static List<Goal.Verdict> judge(String table, Measured measured) {
        List<Goal> goals = of(table);
        return measured.cases().stream()
                .flatMap(what -> goals.stream().flatMap(goal -> goal.judge(measured, what).stream())).toList();
    }

    /** Returns the tables that have goals. */
    static List<String> tables() {
        return ALL.stream().map(Goal::table).distinct().toList();
    }

    /** Refuses figures that leave a goal of their table without a verdict: a name may have changed on one side only. */
    static void requireVerdicts(Map<String, Measured> measured) {
        List<String> silent = ALL.stream().filter(goal -> measured.containsKey(goal.table()))
                .filter(goal -> goal.isSilent(measured.get(goal.table()))).map(Goal::name).toList();
        if (!silent.isEmpty()) {
            throw new IllegalStateException("goals without a figure to judge them by: " + String.join("; ", silent)
                    + "; expected one at least for each: measure the table again with all its subjects and cases,"
                    + " or mend the goal");
        }
    }

    private static List<Goal> transports() {
        List<Goal> goals = new ArrayList<>();
        for (String metric : List.of("cpu", "throughput")) {
            goals.add(score("echo", ".*", SELECTOR, metric, NIO, 0.95));
            goals.add(score("echo", "(64 B|1 KiB|10 KiB) x .*", SELECTOR, metric, "Netty epoll", 1.05));
            goals.add(score("connections", ".*", SELECTOR, metric, NIO, 0.95));
            goals.add(score("tls", ".*", SELECTOR, metric, "Netty NIO", 1));
            goals.add(score("tls", ".*", SELECTOR, metric, "Netty epoll", 1));
            goals.add(score("completion", ".*", PROACTOR, metric, SELECTOR, 0.90));
        }
        goals.add(noWorse("connections", ".*", SELECTOR, "p99", NIO));
        goals.add(times("connections", ".*", SELECTOR, "open", NIO, 2));
        // the statistics of a loop cost no more than 2 % of a request, and surely no more than 3 %
        goals.add(score("statistics", ".*", SELECTOR, "cpu", UNMEASURED, 0.98));
        goals.add(new Goal("statistics", Pattern.compile(".*"), SELECTOR, "cpu", Relation.SURE_SCORE, UNMEASURED,
                0.97));
        goals.add(times("latency", ".*", SELECTOR, "p50", NIO, 1.05));
        // no connection starves: the bare NIO.2 keeps a newcomer waiting longer than that
        goals.add(new Goal("completion", Pattern.compile(".* x 500"), PROACTOR, "newcomer max", Relation.WORST_AT_MOST,
                null, 200_000));
        return goals;
    }

    /** Of the native engine; what is measured on a system that forbids it has no verdict. */
    private static List<Goal> uring() {
        return List.of(
                score("uring", "64 B x 32", URING, "cpu", SELECTOR, 1.08),
                score("uring", "64 B x (1000|10000)", URING, "cpu", SELECTOR, 1.15),
                score("uring", "(10|100) KiB x 32", URING, "cpu", SELECTOR, 1),
                noWorse("uring", ".*", URING, "cpu", "Netty io_uring"),
                score("uring", "64 B x 1000", URING, "cpu", "C epoll", 1));
    }

    private static List<Goal> small() {
        return List.of(
                times("callbacks", "callSoon x 1000", SELECTOR, TIME, "ArrayDeque", 1.5),
                times("callbacks", "chain with a reader", SELECTOR, TIME, NIO, 1.2),
                atMost("callbacks", "chain alone", SELECTOR, TIME, 100),
                atMost("callbacks", "callSoonThreadsafe from .*", SELECTOR, TIME, 50),
                atMost("callbacks", "ping-pong", SELECTOR, TIME, 8_000),
                times("timers", "(add|cancel and sweep|add and fire) x (100000|1000000)", SELECTOR, TIME,
                        "PriorityQueue", 1.3),
                atMost("lookup", "policy", AIO, TIME, 2),
                atMost("lookup", "running loop", AIO, TIME, 3),
                atMost("lookup-jdk25", "policy", AIO, TIME, 2),
                atMost("lookup-jdk25", "running loop", AIO, TIME, 3),
                atMost("allocation", "callSoon", SELECTOR, "alloc", HANDLE),
                atMost("allocation", "(echo|execute).*", SELECTOR, "alloc", NO_OBJECT));
    }

    private static List<Goal> exchange() {
        return List.of(
                atMost("swap", "(1|1000) polic.*", AIO, "arrival share", 5),
                atMost("swap", "(1|1000) polic.*", AIO, "departure share", 5),
                growth("swap", "arrival share"),
                growth("swap", "departure share"),
                growth("growth-policies", "arrival share"),
                growth("growth-policies", "departure share"),
                atMost("swap", "bundle stop.*", AIO, "current", 1_000),
                atMost("exchange", ".* to .*", AIO, "pause", 1_000),
                new Goal("exchange", Pattern.compile(".* to .*"), AIO, "throughput ratio", Relation.AT_LEAST, null,
                        0.9),
                atMost("exchange", ".* to .* x 10000", AIO, TIME, 3_000_000));
    }

    private static List<Goal> resources() {
        return List.of(
                times("child", "no pipes", SELECTOR, "p50", "ProcessBuilder", 1.05),
                atMost("memory", ".* x 10000", SELECTOR, "heap", 1536));
    }

    /** The share of a thousand policies is at most twice that of one. */
    private static Goal growth(String table, String metric) {
        return new Goal(table, Pattern.compile("1000 policies"), AIO, metric, Relation.GROWTH, "1 policy", 2);
    }

    private static Goal noWorse(String table, String cases, String subject, String metric, String peer) {
        return new Goal(table, Pattern.compile(cases), subject, metric, Relation.NO_WORSE, peer, 1);
    }

    private static Goal score(String table, String cases, String subject, String metric, String peer, double factor) {
        return new Goal(table, Pattern.compile(cases), subject, metric, Relation.SCORE, peer, factor);
    }

    private static Goal times(String table, String cases, String subject, String metric, String peer, double factor) {
        return new Goal(table, Pattern.compile(cases), subject, metric, Relation.TIMES, peer, factor);
    }

    private static Goal atMost(String table, String cases, String subject, String metric, double value) {
        return new Goal(table, Pattern.compile(cases), subject, metric, Relation.AT_MOST, null, value);
    }
}
