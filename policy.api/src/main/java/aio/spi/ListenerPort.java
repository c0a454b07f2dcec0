package aio.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A listening socket that a driver serves.
 *
 * <p>Thread safety: the thread that runs the loop. Implemented by drivers.
 */
@ConsumerType
public interface ListenerPort extends Port {

    /** Starts to accept, or continues. Idempotent. */
    void resumeAccepting();

    /** Stops accepting; connections wait in the kernel's backlog. Idempotent. */
    void pauseAccepting();
}
