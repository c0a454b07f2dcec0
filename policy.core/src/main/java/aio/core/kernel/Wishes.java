package aio.core.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Who wants the loop on another driver: those that wait for the exchange that is under way, and those that want the
 * next one. Threads as {@link DriverSeat}.
 */
final class Wishes {
    private final List<Exchange> underWay = new ArrayList<>();
    private final List<Exchange> next = new ArrayList<>();

    void addUnderWay(Exchange exchange) {
        underWay.add(exchange);
    }

    void addNext(Exchange exchange) {
        next.add(exchange);
    }

    /** What was wanted next is under way. */
    void begin() {
        underWay.addAll(next);
        next.clear();
    }

    /** Tells the first one what was done; the others know from their target: a loop that goes once is counted once. */
    void count(boolean exchanged, int kept, int lost, long pauseNanos) {
        if (!underWay.isEmpty()) {
            underWay.get(0).add(exchanged, kept, lost, pauseNanos);
        }
    }

    /** Tells all for which the exchange was made what stayed behind. */
    void stayed(String reason) {
        underWay.forEach(each -> each.stayed(reason));
    }

    void finishUnderWay() {
        finish(underWay);
    }

    void finishNext() {
        finish(next);
    }

    private static void finish(List<Exchange> exchanges) {
        List<Exchange> over = List.copyOf(exchanges);
        exchanges.clear(); // first: who is told may ask for another one
        over.forEach(Exchange::finish);
    }
}
