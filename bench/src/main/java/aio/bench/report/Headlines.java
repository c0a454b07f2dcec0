package aio.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The few ratios that the README shows. */
final class Headlines {
    /** The name of the marker in the README. */
    static final String NAME = "headlines";

    private static final List<Headline> ALL = List.of(
            new Headline("CPU per request, echo of 1 KiB on 32 connections", "echo", "1 KiB x 32", "aio selector",
                    "cpu", List.of("java.nio", "Netty epoll", "asyncio")),
            new Headline("round trip of 64 B on one connection", "latency", "64 B x 1", "aio selector", "p50",
                    List.of("java.nio", "Netty epoll", "asyncio")),
            new Headline("`callSoon`, 1,000 for each turn", "callbacks", "callSoon x 1000", "aio selector", "time",
                    List.of("ArrayDeque", "Netty NIO", "asyncio")),
            new Headline("throughput while the driver below 10,000 connections is exchanged", "exchange",
                    "selector to proactor x 10000", "aio", "throughput ratio", List.of()));

    private Headlines() {}

    static String of(Map<String, Measured> measured) {
        StringBuilder text = new StringBuilder("| what | as fast as |\n| --- | --- |\n");
        for (Headline headline : ALL) {
            headline.words(measured).ifPresent(words ->
                    text.append("| ").append(headline.words()).append(" | ").append(words).append(" |\n"));
        }
        return text.toString();
    }

    /** A line: the scores in relation to the peers; without peers the metric is a ratio by itself. */
    private record Headline(
            String words, String table, String what, String subject, String metric, List<String> peers) {
        Optional<String> words(Map<String, Measured> all) {
            Measured measured = all.get(table);
            if (measured == null) {
                return Optional.empty();
            }
            if (peers.isEmpty()) {
                return measured.sample(what, subject, metric).map(own -> Numbers.ratio(own.median()) + " of before");
            }
            List<String> ratios = peers.stream().flatMap(peer -> measured.score(what, subject, metric, peer).stream()
                    .map(score -> Numbers.ratio(score) + " of " + peer)).toList();
            return ratios.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", ratios));
        }
    }
}
