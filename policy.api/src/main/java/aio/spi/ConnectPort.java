package aio.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A connect in progress that a driver serves. The loop releases it after its one event.
 *
 * <p>Thread safety: the thread that runs the loop. Implemented by drivers.
 */
@ConsumerType
public interface ConnectPort extends Port {}
