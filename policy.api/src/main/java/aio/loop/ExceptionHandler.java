package aio.loop;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Handles errors that no other code receives, see {@link Diagnostics#setExceptionHandler}.
 *
 * <p>Thread safety: called on the thread of the loop. Implemented by users.
 */
@FunctionalInterface
@ConsumerType
public interface ExceptionHandler {

    /** Handles an error. If this throws, the default handler is given both errors. */
    void handle(EventLoop loop, ExceptionContext context);
}
