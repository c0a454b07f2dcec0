package aio.dist.karaf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What is to be known of a run: times, and what came back. Confined to one thread. */
final class Report {
    private final List<String> lines = new ArrayList<>();
    private long roundTrips;
    private long connects;
    private long lost;

    /** Adds a line. */
    void say(String line) {
        lines.add(line);
    }

    /** Adds a line with the middle and the last of some times. */
    void times(String what, List<Long> millis) {
        List<Long> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        say(String.format(Locale.ROOT, "%s: %d, median %.2f s, slowest %.2f s", what, sorted.size(),
                sorted.get(sorted.size() / 2) / 1000.0, sorted.get(sorted.size() - 1) / 1000.0));
    }

    /** Adds what clients have got back, each byte of which was right. */
    void echoed(long moreRoundTrips, long moreConnects) {
        roundTrips += moreRoundTrips;
        connects += moreConnects;
    }

    /** Adds what nodes have lost. */
    void lost(long more) {
        lost += more;
    }

    /** Prints all. */
    void print() {
        say(String.format(Locale.ROOT, "%,d messages echoed, %,d new connections, %,d lost", roundTrips, connects,
                lost));
        lines.forEach(line -> System.out.println("fleet: " + line));
    }
}
