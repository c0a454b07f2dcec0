package aio.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One channel that a driver serves.
 *
 * <p>Thread safety: the thread that runs the loop. Implemented by drivers.
 */
@ConsumerType
public interface Port {

    /**
     * Gives the channel back. Before this returns, the driver ends all operations and hands back what was not
     * delivered; after it, no event follows. After its next poll the driver holds no reference to the channel (a
     * readiness driver flushes the cancelled key there). Idempotent. Also called for channels that the loop is about to
     * close.
     */
    void release();
}
