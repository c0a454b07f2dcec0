package aio.policy.page;

import aio.loop.Distribution;
import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.loop.LoopStatistics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Load and lag of each loop over the last minutes: an interval for each second in which a page is looked at. All pages
 * share it; while none is open, nothing is done. Any thread.
 */
final class Samples {
    /** How many intervals are kept of a loop. */
    static final int KEPT = 180;

    private static final Duration SHORTEST = Duration.ofMillis(900);
    private static final double TAIL = 99;
    private static final double NANOS_PER_MILLI = 1e6;

    private final LoopDirectory loops;
    private final LongSupplier clock;
    /** What is known of a loop, by its name: that is what the directory tells it by. */
    private final Map<String, Series> series = new HashMap<>();
    private long count;
    private @Nullable Long last;

    /** What is known of one loop: what it had counted at the last look, and the intervals before. */
    private static final class Series {
        private final Deque<Sample> samples = new ArrayDeque<>();
        private LoopStatistics latest;

        Series(LoopStatistics latest) {
            this.latest = latest;
        }
    }

    /**
     * One interval of a loop.
     *
     * @param number counted over all loops: what a page has seen is not sent again
     * @param at when it ended, in milliseconds of the wall clock
     * @param millis its length
     * @param load the share of it in which the loop was at work
     * @param lag in milliseconds, that 99 of 100 looks for I/O did not exceed
     * @param driver the engine at its end, empty if the loop was parked
     * @param connections how many were open at its end
     */
    record Sample(long number, long at, double millis, double load, double lag, String driver, int connections) {

        Map<String, Object> row() {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("number", number);
            row.put("at", at);
            row.put("millis", millis);
            row.put("load", load);
            row.put("lag", lag);
            row.put("driver", driver);
            row.put("connections", connections);
            return row;
        }
    }

    Samples(LoopDirectory loops) {
        this(loops, System::nanoTime);
    }

    /** Makes one for tests, with a clock of its own. */
    Samples(LoopDirectory loops, LongSupplier clock) {
        this.loops = loops;
        this.clock = clock;
    }

    /**
     * Looks at the loops, if the last look was long enough ago.
     *
     * @param infos what the loops are now
     * @param now the wall clock, in milliseconds
     */
    synchronized void look(List<LoopInfo> infos, long now) {
        long time = clock.getAsLong();
        if (last != null && time - last < SHORTEST.toNanos()) {
            return;
        }
        last = time;
        Map<String, LoopInfo> open = new HashMap<>();
        infos.forEach(info -> open.putIfAbsent(info.name(), info));
        series.keySet().retainAll(open.keySet());
        Map<String, LoopStatistics> seen = new HashMap<>();
        loops.statistics().forEach(statistics -> seen.putIfAbsent(statistics.loop(), statistics));
        seen.forEach((name, statistics) -> {
            LoopInfo info = open.get(name);
            Series known = series.get(name);
            if (info == null) {
                return;
            }
            if (known == null || known.latest.age().compareTo(statistics.age()) > 0) { // another one of that name
                series.put(name, new Series(statistics));
            } else {
                add(known, statistics, info, now);
            }
        });
    }

    private void add(Series known, LoopStatistics statistics, LoopInfo info, long now) {
        LoopStatistics interval = statistics.since(known.latest);
        known.latest = statistics;
        Distribution lag = interval.delay();
        known.samples.add(new Sample(++count, now, millis(interval.age()), interval.utilization(),
                millis(lag.percentile(TAIL)), info.driver().orElse(""), info.connections()));
        if (known.samples.size() > KEPT) {
            known.samples.remove();
        }
    }

    private static double millis(Duration time) {
        return time.toNanos() / NANOS_PER_MILLI;
    }

    /** Returns the intervals of a loop that came after the one of a number, the latest last. */
    synchronized List<Map<String, Object>> of(String loop, long after) {
        Series known = series.get(loop);
        List<Map<String, Object>> rows = new ArrayList<>();
        if (known != null) {
            known.samples.stream().filter(sample -> sample.number() > after).map(Sample::row).forEach(rows::add);
        }
        return rows;
    }

    /** Returns the number of the latest interval. */
    synchronized long latest() {
        return count;
    }
}
