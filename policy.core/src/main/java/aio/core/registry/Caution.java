package aio.core.registry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How carefully policies that arrive are followed. It delays arrivals only: departures are followed at once. Immutable.
 *
 * @param confirmArrivals whether what arrives needs the operator's confirmation before it replaces one that works
 * @param departures a policy that has left this many times within the window is held down; 0: none is
 * @param windowMillis the time in which departures are counted
 * @param calmMillis how long a policy that is held down has to be there without a break before it is followed
 */
public record Caution(boolean confirmArrivals, int departures, long windowMillis, long calmMillis) {
    public static final String CONFIRM_ARRIVALS = "confirm.arrivals";
    public static final String DEPARTURES = "hold.down.departures";
    public static final String WINDOW_MILLIS = "hold.down.window.millis";
    public static final String CALM_MILLIS = "hold.down.calm.millis";
    public static final Caution NONE = new Caution(false, 0, 60_000, 60_000);

    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final int MOST_DEPARTURES = 1000;

    /** Reads a configuration. A key that is absent has its default; one that is invalid keeps the value of this one. */
    Caution with(Map<String, ?> configuration, List<String> problems) {
        boolean confirm = Settings.flag(CONFIRM_ARRIVALS, configuration.get(CONFIRM_ARRIVALS), confirmArrivals,
                NONE.confirmArrivals, problems);
        long count = Settings.number(DEPARTURES, configuration.get(DEPARTURES), departures, NONE.departures, 0,
                MOST_DEPARTURES, problems);
        long window = Settings.number(WINDOW_MILLIS, configuration.get(WINDOW_MILLIS), windowMillis,
                NONE.windowMillis, 1, LONGEST_MILLIS, problems);
        long calm = Settings.number(CALM_MILLIS, configuration.get(CALM_MILLIS), calmMillis, NONE.calmMillis, 1,
                LONGEST_MILLIS, problems);
        return new Caution(confirm, (int) count, window, calm);
    }

    /** Tells whether every policy that arrives is followed: none can be held down, and none has to be confirmed. */
    boolean isOff() {
        return !confirmArrivals && !holdsDown();
    }

    /** Tells whether a policy can be held down. */
    boolean holdsDown() {
        return departures > 0;
    }

    long windowNanos() {
        return TimeUnit.MILLISECONDS.toNanos(windowMillis);
    }

    long calmNanos() {
        return TimeUnit.MILLISECONDS.toNanos(calmMillis);
    }
}
