package aio.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The loop, as its driver sees it.
 *
 * <p>Thread safety: any thread. Implemented by the loop.
 */
@ProviderType
public interface DriverContext {

    /** Returns the name of the loop, for messages. */
    String loopName();
}
