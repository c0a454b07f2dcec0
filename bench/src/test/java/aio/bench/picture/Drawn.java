package aio.bench.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** What every picture of swaps under traffic has. */
final class Drawn {
    private static final String SERIES = "[0-9.]+( [0-9.]+)+";
    private static final Pattern FIGURES = Pattern.compile(
            "\\d+ connections, a request of [0-9,]+ bytes every \\d+ ms on each: "
            + "[0-9,]+ echoes in [0-9.]+ s, 4 swaps, (\\d+) connections kept, 0 lost\\. "
            + ".*, revision .*; load average .*\\. The console told, from order to message: "
            + told("default", "winproactor") + "; " + told("winproactor", "winselector") + "; "
            + told("winselector", "winproactor") + "; " + told("winproactor", "default")
            + "\\. Ends of the slices, s: " + SERIES + "\\. Throughput, 1/s: " + SERIES
            + "\\. p99 of the round trip, ms: " + SERIES + "\\. Slowest round trip, ms: " + SERIES + "\\.");

    private Drawn() {}

    private static String told(String from, String to) {
        return "[0-9.]+ to [0-9.]+ s: policy: " + from + " -&gt; " + to
                + " \\(.*?\\); 1 loop, (\\d+) connections kept, 0 lost, longest pause [0-9.]+ ms";
    }

    /** Requires the same parts of each: the figures in words, nothing lost, the names of lines and swaps. */
    static void requireWhole(String svg) {
        assertThat(svg).contains(">" + Recording.TITLE + "<", ">seconds<", ">throughput<",
                ">p99 of the round trip<", ">slowest round trip<", ">winproactor (proactor)<",
                ">winselector (selector)<", ">default (selector)<").containsPattern(">" + FIGURES.pattern() + "<");
    }
}
