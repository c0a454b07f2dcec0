package aio.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A connect in progress in the hands of a driver. Released by the loop after its one event.
 *
 * <p>Thread safety: the thread that runs the loop. Implemented by drivers.
 */
@ConsumerType
public interface ConnectPort extends Port {}
