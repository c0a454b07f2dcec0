package aio.bench.report;

import java.util.Map;

/** What the short names of metrics mean. */
final class Metrics {
    private static final Map<String, String> WORDS = Map.of(
            "cpu", "CPU per request",
            "min", "shortest time",
            "max", "longest time",
            "p50", "p50 of the time",
            "p99", "p99 of the time",
            "open", "first echo of all",
            "alloc", "allocated",
            "heap", "heap of one",
            "newcomer p99", "p99 of newcomers",
            "newcomer max", "slowest newcomer");

    private Metrics() {}

    /** Tells whether more of it is better; of all others less is. */
    static boolean isGain(String metric) {
        return metric.startsWith("throughput");
    }

    /** Tells whether subjects are compared by it; the load's core is only shown. */
    static boolean isCompared(String metric) {
        return !metric.equals("load");
    }

    static String words(String metric) {
        return WORDS.getOrDefault(metric, metric);
    }

    /** Returns the words with the unit, for a heading or an axis. */
    static String words(String metric, String unit) {
        return unit.isEmpty() || unit.equals("1") ? words(metric) : words(metric) + ", " + unit;
    }
}
