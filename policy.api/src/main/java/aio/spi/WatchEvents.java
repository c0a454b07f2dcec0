package aio.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Receives the readiness of a watched descriptor from a driver.
 *
 * <p>Thread safety: called on the thread that runs the loop. Implemented by the loop.
 */
@ProviderType
public interface WatchEvents {

    /** The descriptor can be read (or accepted from) without blocking, or is at its end or broken. */
    void readable();

    /** The descriptor can be written (or has connected), or is broken. Delivered after {@link #readable}. */
    void writable();
}
