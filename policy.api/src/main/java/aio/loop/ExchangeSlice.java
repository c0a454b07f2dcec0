package aio.loop;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A part of an exchange of drivers: the channels that a loop has carried between two turns, see {@link LoopListener}.
 * Immutable. Any thread. Implemented by the core.
 */
@ProviderType
public interface ExchangeSlice {

    /** Returns the exchange up to and including this slice. */
    LoopExchange exchange();

    /** Returns how many channels of any kind were carried. */
    int channels();

    /**
     * Returns how long the loop did nothing but this slice. The first slice includes the opening of the new driver. The
     * next poll of the old driver, in which that forgets the channels, is not included.
     */
    Duration pause();
}
