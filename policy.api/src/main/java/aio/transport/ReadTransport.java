package aio.transport;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The receiving side of a connection or pipe, as {@code asyncio.ReadTransport}.
 *
 * <p>Thread safety: the thread of the loop, unless a method says otherwise. Implemented by the loop.
 */
@ProviderType
public interface ReadTransport extends BaseTransport {

    /** Tells whether data is being received: neither paused nor closing. */
    boolean isReading();

    /** Stops receiving. Idempotent; no effect when closing. */
    void pauseReading();

    /** Continues receiving. Idempotent; no effect when closing. */
    void resumeReading();
}
