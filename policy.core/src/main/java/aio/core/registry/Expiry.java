package aio.core.registry;

import aio.core.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the pin at its time, by the wall clock: a machine that slept meanwhile is late by a minute at most. Any thread.
 */
final class Expiry {
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final InstantSource clock;
    private final Pin pin;
    private final Runnable end;
    private final Timer timer;

    /** What the operator wants at this moment. */
    @FunctionalInterface
    interface Pin {
        /** Returns when the pin ends; null if there is none, or it does not end. */
        @Nullable Instant until();
    }

    /**
     * Makes one that waits for nothing yet.
     *
     * @param end ends the pin
     */
    Expiry(Times times, InstantSource clock, Pin pin, Runnable end) {
        this.clock = clock;
        this.pin = pin;
        this.end = end;
        this.timer = times.timers().apply(this::look);
    }

    /** Another choice holds, or time has passed. */
    void look() {
        Instant until = pin.until();
        if (until == null) {
            timer.clear();
        } else if (isOver(until)) {
            end.run();
        } else {
            long left = Durations.nanos(Duration.between(clock.instant(), until));
            timer.set(Math.min(LONGEST_WAIT_NANOS, Math.max(1, left)));
        }
    }

    /** Tells whether a pin has come to its end. */
    boolean isOver(@Nullable Instant until) {
        return until != null && !clock.instant().isBefore(until);
    }

    void close() {
        timer.close();
    }
}
