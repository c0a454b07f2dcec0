package aio.core.registry;

import aio.core.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the pin at its time, by the wall clock: a machine that slept meanwhile is late by a minute at most. Any thread.
 */
final class Expiry {
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Supplier<Instant> clock;
    private final Supplier<Choice> wanted;
    private final Runnable end;
    private final Timer timer;

    /**
     * Makes one that waits for nothing yet.
     *
     * @param end ends the pin
     */
    Expiry(Times times, Supplier<Instant> clock, Supplier<Choice> wanted, Runnable end) {
        this.clock = clock;
        this.wanted = wanted;
        this.end = end;
        this.timer = times.timers().apply(this::look);
    }

    /** Another choice holds, or time has passed. */
    void look() {
        Instant until = wanted.get().until();
        if (until == null) {
            timer.clear();
        } else if (isOver(until)) {
            end.run();
        } else {
            long left = Durations.nanos(Duration.between(clock.get(), until));
            timer.set(Math.min(LONGEST_WAIT_NANOS, Math.max(1, left)));
        }
    }

    /** Tells whether a pin has come to its end. */
    boolean isOver(@Nullable Instant until) {
        return until != null && !clock.get().isBefore(until);
    }

    void close() {
        timer.close();
    }
}
