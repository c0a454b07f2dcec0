package aio.core.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often policies leave, by name, and holds down those that come and go too often: a service that flaps is a
 * new candidate each time. Belongs to the lock of {@link Selection}.
 */
final class HoldDown {
    private final LongSupplier clock;
    private final Map<String, Flapping> names = new HashMap<>();
    private Caution caution = Caution.NONE;

    /** The departures of one name. */
    private static final class Flapping {
        /** The latest ones, no more than make a hold. */
        final Deque<Long> departures = new ArrayDeque<>();
        /** Since there was a hold; else null. */
        @Nullable Long firstNanos;
        /** Whether it has come since. */
        boolean came;
        int count;
        long lastNanos;
    }

    HoldDown(LongSupplier clock) {
        this.clock = clock;
    }

    Caution caution() {
        return caution;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Goes by other settings from now on; what is counted stays, unless none is to be held down any more. */
    void configure(Caution newCaution) {
        caution = newCaution;
        if (!caution.holdsDown()) {
            names.clear();
        }
    }

    /** A policy of a name has come; returns why it is held down, or null if it is not. */
    @Nullable Hold came(String name) {
        if (names.isEmpty()) {
            return null;
        }
        long now = now();
        forget(now);
        Flapping flapping = names.get(name);
        if (flapping == null || flapping.firstNanos == null) {
            return null;
        }
        boolean isFirst = !flapping.came;
        flapping.came = true;
        return new Hold(flapping.count, flapping.lastNanos - flapping.firstNanos, now, isFirst);
    }

    /** A policy of a name has left. */
    void left(String name) {
        if (!caution.holdsDown()) {
            return;
        }
        long now = now();
        forget(now);
        Flapping flapping = names.computeIfAbsent(name, key -> new Flapping());
        flapping.departures.add(now);
        flapping.lastNanos = now;
        flapping.count++;
        while (flapping.departures.size() > caution.departures()
                || now - flapping.departures.element() > caution.windowNanos()) {
            flapping.departures.remove();
        }
        if (flapping.firstNanos != null) {
            return;
        }
        flapping.count = flapping.departures.size();
        if (flapping.count >= caution.departures()) {
            flapping.firstNanos = flapping.departures.element();
        }
    }

    /** Tells whether a policy of a name is held down when it comes again. */
    boolean isFlapping(String name) {
        Flapping flapping = names.get(name);
        return flapping != null && flapping.firstNanos != null;
    }

    /** A policy of a name has been there long enough, or the operator wants it: it starts over. */
    void pardon(String name) {
        names.remove(name);
    }

    /** What has been away for longer than both times is forgotten; what is there has its {@link Hold}. */
    private void forget(long now) {
        long longest = Math.max(caution.windowNanos(), caution.calmNanos());
        names.values().removeIf(flapping -> now - flapping.lastNanos > longest);
    }
}
