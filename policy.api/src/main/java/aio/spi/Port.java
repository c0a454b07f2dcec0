package aio.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One channel in the hands of a driver.
 *
 * <p>Thread safety: the thread that runs the loop. Implemented by drivers.
 */
@ConsumerType
public interface Port {

    /**
     * Gives the channel back: nothing is in flight any more, no event follows, what was not delivered is handed back
     * before this returns, and the driver holds no reference to the
     * channel after its next poll (a readiness driver flushes the cancelled key there). Idempotent. Also called for
     * channels that the loop is about to close.
     */
    void release();
}
