package aio.core.kernel;

import aio.core.foreign.DriverCalls;
import aio.core.foreign.LoopCalls;
import aio.loop.BundleId;
import aio.loop.ExchangeSlice;
import aio.loop.LoopExchange;
import aio.spi.IoDriverFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells listeners how the exchange of one loop proceeds; allocates nothing if there are none. Loop thread. */
final class Progress {
    private final LoopListeners listeners;
    private final String loop;
    private final @Nullable IoDriverFactory from;
    private final long start;
    private int slices;

    /**
     * An exchange begins.
     *
     * @param from the driver that is left; null if the loop is parked
     * @param start when it began: with its first pause
     */
    Progress(LoopListeners listeners, String loop, @Nullable IoDriverFactory from, long start) {
        this.listeners = listeners;
        this.loop = loop;
        this.from = from;
        this.start = start;
    }

    /** What was carried so far. */
    record Counts(int kept, int lost, long longestPauseNanos, boolean isReturning) {}

    private record Told(
            String loop,
            Instant since,
            Duration lasted,
            Optional<String> from,
            Optional<BundleId> fromBundle,
            Optional<String> to,
            Optional<BundleId> toBundle,
            int slices,
            int kept,
            int lost,
            Duration longestPause,
            boolean isReturning)
            implements LoopExchange {}

    private record Slice(LoopExchange exchange, int channels, Duration pause) implements ExchangeSlice {}

    /** A slice is over, or nothing was left to carry. */
    void sliced(@Nullable IoDriverFactory to, int channels, long pauseNanos, Counts counts) {
        slices += channels > 0 ? 1 : 0;
        if (channels > 0 && !listeners.isEmpty()) {
            ExchangeSlice slice = new Slice(told(to, counts), channels, Duration.ofNanos(pauseNanos));
            listeners.all().forEach(listener -> LoopCalls.sliceCarried(listener, slice));
        }
    }

    /** All was carried. */
    void over(@Nullable IoDriverFactory to, Counts counts) {
        if (!listeners.isEmpty()) {
            LoopExchange exchange = told(to, counts);
            listeners.all().forEach(listener -> LoopCalls.driverExchanged(listener, exchange));
        }
    }

    private LoopExchange told(@Nullable IoDriverFactory to, Counts counts) {
        Duration lasted = Duration.ofNanos(System.nanoTime() - start);
        return new Told(loop, Instant.now().minus(lasted), lasted, name(from), bundle(from), name(to), bundle(to),
                slices, counts.kept, counts.lost, Duration.ofNanos(counts.longestPauseNanos), counts.isReturning);
    }

    private static Optional<String> name(@Nullable IoDriverFactory factory) {
        return Optional.ofNullable(factory).map(DriverCalls::nameOf);
    }

    private Optional<BundleId> bundle(@Nullable IoDriverFactory factory) {
        return Optional.ofNullable(factory).flatMap(present -> listeners.bundle(present.getClass()));
    }
}
