package aio.loop;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a loop has carried from one driver to the other between two turns, see {@link LoopListener}. Immutable. Any
 * thread. Implemented by the core.
 */
@ProviderType
public interface ExchangeSlice {

    /** Returns the exchange, as far as it has come with this slice. */
    LoopExchange exchange();

    /** Returns how many channels of any kind were carried. */
    int channels();

    /**
     * Returns how long the loop did nothing else for it. The first slice contains the opening of the driver; what the
     * driver before does about its cancelled channels, in its next poll, is not contained.
     */
    Duration pause();
}
