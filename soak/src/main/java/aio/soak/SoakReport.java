package aio.soak;

import aio.soak.load.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a soak has seen, as text, and what of it must not be. Growth is found between the first look, when every class
 * had been loaded, and the last.
 */
record SoakReport(SoakPlan plan, long nanos, Map<String, Long> node, List<Map<String, Long>> footprints,
        List<String> faults,
        List<Kind> kinds, long bytes, long newcomers, long halfClosed, long refused) {
    private static final long HEAP_SLACK = 12L << 20;
    /**
     * What Felix keeps of a bundle that is uninstalled, for each file in it: its registry has a usage count that names
     * the bundle as long as a service that it has used is there, and the bundle names what is in its jar.
     */
    private static final long HEAP_A_LIFE = 16L << 10;
    private static final int THREADS_SLACK = 4; // of pools that come and go
    private static final int DESCRIPTORS_SLACK = 8;
    private static final int MAPPINGS_SLACK = 300; // the JVM's own: code, classes and stacks come and go
    private static final int LOADERS_SLACK = 1; // the framework may hold the last one
    private static final double NANOS_A_MILLI = 1e6;

    /** Requests of one kind. */
    record Kind(String name, Latencies latencies) {}

    /** Returns what must not be; empty if all is well. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>(faults);
        if (node.get("swaps") < plan.swaps() || node.get("lives") < plan.lives()) {
            wrong.add(node.get("swaps") + " swaps and " + node.get("lives") + " lives, expected " + plan.swaps()
                    + " and "
                    + plan.lives());
        }
        if (node.get("loaders") > LOADERS_SLACK) {
            wrong.add(node.get("loaders") + " class loaders of policy bundles are still there");
        }
        if (footprints.size() == plan.segments()) {
            grown(wrong, "heap", HEAP_SLACK + HEAP_A_LIFE * node.get("lives"));
            grown(wrong, "threads", THREADS_SLACK);
            grown(wrong, "descriptors", DESCRIPTORS_SLACK);
            grown(wrong, "mappings", MAPPINGS_SLACK);
            grown(wrong, "rings", 0);
            grown(wrong, "locked", 0);
        }
        return wrong;
    }

    private void grown(List<String> wrong, String what, long slack) {
        long first = footprints.get(0).get(what);
        long last = footprints.get(footprints.size() - 1).get(what);
        if (last > first + slack) {
            wrong.add(what + " grew from " + first + " to " + last + ": "
                    + footprints.stream().map(each -> each.get(what)).toList());
        }
    }

    /** Returns the report as lines. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "%d plain and %d TLS connections for %d s", plan.plain(), plan.tls(),
                TimeUnit.NANOSECONDS.toSeconds(nanos));
        line(text, "swaps: %,d (bundles %d, ranks %d, pins %d, code %d, updates %d, lives %d of %d bundles)",
                node.get("swaps"), node.get("bundle"), node.get("rank"), node.get("pin"), node.get("code"),
                node.get("update"),
                node.get("life"), node.get("lives"));
        line(text, "exchanges of drivers: %,d", node.get("exchanges"));
        line(text, "bytes: %,d each way, checked on both sides", bytes);
        line(text, "lost: %d connections; refused: %d", node.get("lost"), refused);
        line(text, "newcomers: %,d, of which %,d closed their half and read on", newcomers, halfClosed);
        line(text, "timers: %,d; children: %,d", node.get("timers"), node.get("children"));
        line(text, "longest pause of a swap: %.2f ms", node.get("pause") / NANOS_A_MILLI);
        for (Kind kind : kinds) {
            line(text, "%s, without swaps: %s", kind.name(), kind.latencies().withoutSwaps());
            line(text, "%s, with swaps:    %s", kind.name(), kind.latencies().withSwaps());
        }
        for (String what : List.of("heap", "threads", "descriptors", "mappings", "rings", "locked", "classes")) {
            line(text, "%s: %s", what, footprints.stream().map(each -> each.get(what)).toList());
        }
        line(text, "class loaders of policies that are gone: %d alive", node.get("loaders"));
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append("soak: ").append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
