package aio.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A watched descriptor in the hands of a driver.
 *
 * <p>Thread safety: the thread that runs the loop. Implemented by drivers.
 */
@ConsumerType
public interface WatchPort extends Port {

    /**
     * Sets what is watched for.
     *
     * @throws IllegalArgumentException if the kind of channel cannot be watched for that
     */
    void interest(boolean reading, boolean writing);
}
