package aio.policy.console;

import aio.loop.BundleId;
import aio.loop.LoopBlock;
import aio.loop.LoopStatistics;
import aio.loop.UserLoad;
import aio.policy.console.json.JsonRows;
import aio.policy.console.text.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one round of {@code loop:top}. Immutable.
 *
 * @param length how long it was
 * @param loops what each loop has counted and timed in it, the most busy first
 * @param bundles whose code the loops were busy with, the most first
 * @param blocks what holds up loops now
 */
record Round(Duration length, List<LoopStatistics> loops, List<Shares> bundles, List<LoopBlock> blocks) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double TAIL = 99;

    /** How long the loops were busy with code of a bundle, and with which class and on which loop the longest. */
    record Shares(Optional<BundleId> bundle, Duration busy, UserLoad most) {}

    /** One kind of code: two of them are the same if the loop, the class and the bundle are. */
    private record Kind(String loop, Optional<String> type, Optional<BundleId> bundle) {
        static Kind of(UserLoad load) {
            return new Kind(load.loop(), load.type(), load.bundle());
        }
    }

    private record Load(Kind kind, Duration busy) implements UserLoad {
        @Override
        public String loop() {
            return kind.loop;
        }

        @Override
        public Optional<String> type() {
            return kind.type;
        }

        @Override
        public Optional<BundleId> bundle() {
            return kind.bundle;
        }
    }

    /** Returns what was added from one look to the next. */
    static List<Shares> byBundle(List<UserLoad> before, List<UserLoad> now) {
        Map<Kind, Duration> earlier = before.stream()
                .collect(Collectors.toMap(Kind::of, UserLoad::busy, Duration::plus));
        Map<Optional<BundleId>, List<Load>> added = now.stream()
                .map(load -> new Load(Kind.of(load), since(earlier.get(Kind.of(load)), load.busy())))
                .filter(load -> load.busy.compareTo(Duration.ZERO) > 0)
                .collect(Collectors.groupingBy(Load::bundle));
        return added.entrySet().stream()
                .map(each -> new Shares(each.getKey(),
                        each.getValue().stream().map(Load::busy).reduce(Duration.ZERO, Duration::plus),
                        each.getValue().stream().max(Comparator.comparing(Load::busy)).orElseThrow()))
                .sorted(Comparator.comparing(Shares::busy).reversed())
                .toList();
    }

    private static Duration since(@Nullable Duration earlier, Duration now) {
        return earlier == null ? now : now.minus(earlier);
    }

    /** Returns the share of a time that a loop was at work. */
    static double share(LoopStatistics loop, Duration length) {
        return share(loop.busy(), length);
    }

    private static double share(Duration busy, Duration length) {
        return length.isZero() ? 0 : (double) busy.toNanos() / length.toNanos();
    }

    private String perSecond(long count) {
        return Math.round(count * NANOS_PER_SECOND / Math.max(1, length.toNanos())) + "/s";
    }

    private String bytesPerSecond(long count) {
        return Texts.bytes(Math.round(count * NANOS_PER_SECOND / Math.max(1, length.toNanos()))) + "/s";
    }

    // ---- for people

    List<String> lines() {
        if (loops.isEmpty()) {
            return List.of("no loop is open");
        }
        List<String> lines = new ArrayList<>(loopLines());
        if (!bundles.isEmpty()) {
            lines.add("");
            lines.addAll(bundleLines());
        }
        return lines;
    }

    private List<String> loopLines() {
        Table table = new Table().left("NAME").right("BUSY").right("LAG P99").right("LONGEST").right("TURNS");
        table.right("CALLBACKS").right("RECEIVED").right("SENT").right("QUEUED");
        for (LoopStatistics loop : loops) {
            List<String> cells = List.of(
                    loop.loop(),
                    Texts.percent(share(loop, length)),
                    Texts.millis(loop.delay().percentile(TAIL)),
                    Texts.millis(loop.delay().longest()),
                    perSecond(loop.turns()),
                    perSecond(loop.callbacks()),
                    bytesPerSecond(loop.bytesReceived()),
                    bytesPerSecond(loop.bytesSent()),
                    Texts.bytes(loop.bytesQueued()));
            table.row(false, cells, heldUp(loop));
        }
        return table.lines();
    }

    private List<String> heldUp(LoopStatistics loop) {
        return blocks.stream().filter(block -> block.loop().equals(loop.loop()))
                .map(block -> "held up for " + Texts.millis(block.lasted()) + " by " + Texts.culprit(block))
                .toList();
    }

    private List<String> bundleLines() {
        Table table = new Table().left("BUNDLE").right("BUSY").right("TIME").left("MOST OF IT");
        for (Shares shares : bundles) {
            table.row(false, List.of(
                    shares.bundle().map(BundleId::toString).orElse("-"),
                    Texts.percent(share(shares.busy(), length)),
                    Texts.millis(shares.busy()),
                    shares.most().type().orElse(Texts.NOTHING) + " on " + shares.most().loop()));
        }
        return table.lines();
    }

    // ---- for tools

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("lengthNanos", length.toNanos());
        all.put("loops", loops.stream().map(JsonRows::of).toList());
        all.put("bundles", bundles.stream().map(Round::json).toList());
        all.put("blocks", blocks.stream().map(JsonRows::of).toList());
        return all;
    }

    private static Map<String, Object> json(Shares shares) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("bundle", shares.bundle());
        row.put("busyNanos", shares.busy().toNanos());
        row.put("mostType", shares.most().type());
        row.put("mostLoop", shares.most().loop());
        return row;
    }
}
