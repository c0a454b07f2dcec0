package aio.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A snapshot of the exchange of one loop's driver, see {@link LoopListener}. Immutable; it holds names only. Any
 * thread. Implemented by the core.
 */
@ProviderType
public interface LoopExchange {

    /** Returns the name of the loop. */
    String loop();

    /** Returns when it began, by the system's wall clock, for people. */
    Instant since();

    /** Returns how long it has lasted, including the work that the loop did between the slices. */
    Duration lasted();

    /** Returns the name of the driver before; empty if the loop was parked. */
    Optional<String> from();

    /** Returns the bundle of the driver before; empty if there is none. */
    Optional<BundleId> fromBundle();

    /**
     * Returns the name of the driver that the loop goes to or has gone to. If the loop returns, that is the driver from
     * before; empty if it is parked.
     */
    Optional<String> to();

    /** Returns the bundle of the driver that the loop goes to; empty if there is none. */
    Optional<BundleId> toBundle();

    /** Returns in how many slices channels were carried, including those on the way back. */
    int slices();

    /** Returns how many connections, open or being made, have been carried over; 0 once the loop goes back. */
    int kept();

    /** Returns how many channels of any kind were lost. */
    int lost();

    /** Returns the longest time that the loop did nothing else. */
    Duration longestPause();

    /** Tells whether the new driver failed, so that the loop returns to the one before, or is parked. */
    boolean isReturning();
}
