package aio.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A descriptor that a driver watches.
 *
 * <p>Thread safety: the thread that runs the loop. Implemented by drivers.
 */
@ConsumerType
public interface WatchPort extends Port {

    /**
     * Sets the readiness that is watched for.
     *
     * @throws IllegalArgumentException if this kind of channel cannot be read, or cannot be written
     */
    void interest(boolean reading, boolean writing);
}
