package aio.policy.console;

import aio.loop.Distribution;
import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.loop.LoopStatistics;
import aio.policy.console.json.JsonRows;
import aio.policy.console.text.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All numbers of loops: what they do now, and what they have counted and timed since they were made. */
final class Numbers {
    private static final double MEDIAN = 50;
    private static final double TAIL = 99;

    private final List<LoopInfo> loops;
    private final List<Optional<LoopStatistics>> statistics = new ArrayList<>();

    /** Looks at some loops. One that has been closed meanwhile has no statistics. */
    Numbers(List<LoopInfo> loops, LoopDirectory directory) {
        this.loops = loops;
        List<LoopStatistics> left = new ArrayList<>(directory.statistics());
        loops.forEach(loop -> statistics.add(take(left, loop.name())));
    }

    /** Takes the first of a name: both lists have loops of one name in the same order. */
    private static Optional<LoopStatistics> take(List<LoopStatistics> from, String name) {
        for (Iterator<LoopStatistics> each = from.iterator(); each.hasNext();) {
            LoopStatistics next = each.next();
            if (next.loop().equals(name)) {
                each.remove();
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    private List<LoopStatistics> known() {
        return statistics.stream().flatMap(Optional::stream).toList();
    }

    // ---- for people

    /** What comes below the numbers of now. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!known().isEmpty()) {
            lines.add("");
            lines.addAll(times());
            lines.add("");
            lines.addAll(counts());
        }
        return lines;
    }

    private List<String> times() {
        Table table = new Table().left("NAME").right("AGE").right("BUSY").right("CALLBACKS").right("LAG P50");
        table.right("LAG P99").right("LONGEST").right("TIMERS P99").right("LONGEST");
        table.right("PAUSE P50").right("PAUSE P99").right("LONGEST");
        for (LoopStatistics loop : known()) {
            table.row(false, List.of(
                    loop.loop(),
                    Texts.age(loop.age()),
                    Texts.percent(loop.utilization()),
                    Long.toString(loop.callbacks()),
                    Texts.millis(loop.delay().percentile(MEDIAN)),
                    Texts.millis(loop.delay().percentile(TAIL)),
                    Texts.millis(loop.delay().longest()),
                    Texts.millis(loop.timerDelay().percentile(TAIL)),
                    Texts.millis(loop.timerDelay().longest()),
                    pause(loop.pauses(), MEDIAN),
                    pause(loop.pauses(), TAIL),
                    loop.pauses().count() == 0 ? "-" : Texts.millis(loop.pauses().longest())));
        }
        return table.lines();
    }

    private static String pause(Distribution pauses, double percentile) {
        return pauses.count() == 0 ? "-" : Texts.millis(pauses.percentile(percentile));
    }

    private List<String> counts() {
        Table table = new Table().left("NAME").right("RECEIVED").right("SENT").right("QUEUED").right("ACCEPTED");
        table.right("FAILED").right("CONNECTED").right("FAILED").right("ENDED").right("LOST").right("TLS");
        table.right("FAILED");
        for (LoopStatistics loop : known()) {
            table.row(false, List.of(
                    loop.loop(),
                    Texts.bytes(loop.bytesReceived()),
                    Texts.bytes(loop.bytesSent()),
                    Texts.bytes(loop.bytesQueued()),
                    Long.toString(loop.accepted()),
                    Long.toString(loop.acceptsFailed()),
                    Long.toString(loop.connected()),
                    Long.toString(loop.connectsFailed()),
                    Long.toString(loop.ended()),
                    Long.toString(loop.lost()),
                    Long.toString(loop.handshakes()),
                    Long.toString(loop.handshakesFailed())));
        }
        return table.lines();
    }

    // ---- for tools

    /** Returns a row for each loop: as that of {@code loop:info}, with the statistics as an object. */
    List<Map<String, Object>> json() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            Map<String, Object> row = new LinkedHashMap<>(JsonRows.of(loops.get(i)));
            row.put("statistics", statistics.get(i).map(JsonRows::of));
            rows.add(row);
        }
        return rows;
    }
}
