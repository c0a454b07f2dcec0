package aio.policy.page;

import aio.loop.ExchangeSlice;
import aio.loop.LoopDirectory;
import aio.loop.LoopExchange;
import aio.loop.LoopListener;
import aio.loop.LoopStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Remembers the exchanges of drivers, those that are under way among them. Any thread; it never waits. */
final class Swaps implements LoopListener {
    /** How many are kept. */
    static final int KEPT = 100;

    private final Map<String, LoopExchange> underWay = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<LoopExchange> over = new ConcurrentLinkedDeque<>();

    @Override
    public void sliceCarried(ExchangeSlice slice) {
        underWay.put(slice.exchange().loop(), slice.exchange());
    }

    @Override
    public void driverExchanged(LoopExchange exchange) {
        underWay.remove(exchange.loop());
        over.add(exchange);
        while (over.size() > KEPT) {
            over.poll();
        }
    }

    /** Returns what is known, as JSON has it. What is under way is known of open loops alone. */
    List<Map<String, Object>> rows(LoopDirectory loops) {
        forgetClosed(loops);
        List<Map<String, Object>> rows = new ArrayList<>();
        over.forEach(exchange -> rows.add(row(exchange, /* isOver= */ true)));
        underWay.values().forEach(exchange -> rows.add(row(exchange, /* isOver= */ false)));
        return rows;
    }

    /** The end of an exchange is not told of a loop that closes in it; one of its name may have been made since. */
    private void forgetClosed(LoopDirectory loops) {
        if (underWay.isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        List<LoopStatistics> open = loops.statistics();
        underWay.values().removeIf(exchange -> open.stream().noneMatch(loop -> loop.loop().equals(exchange.loop())
                && !now.minus(loop.age()).isAfter(exchange.since())));
    }

    private static Map<String, Object> row(LoopExchange exchange, boolean isOver) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("loop", exchange.loop());
        row.put("since", exchange.since().toEpochMilli());
        row.put("lastedNanos", exchange.lasted().toNanos());
        row.put("from", exchange.from());
        row.put("to", exchange.to());
        row.put("slices", exchange.slices());
        row.put("kept", exchange.kept());
        row.put("lost", exchange.lost());
        row.put("longestPauseNanos", exchange.longestPause().toNanos());
        row.put("isReturning", exchange.isReturning());
        row.put("isOver", isOver);
        return row;
    }
}
