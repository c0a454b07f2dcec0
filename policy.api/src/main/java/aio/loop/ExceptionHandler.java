package aio.loop;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of errors that have no other receiver.
 *
 * <p>Thread safety: called on the thread of the loop. Implemented by users.
 */
@FunctionalInterface
@ConsumerType
public interface ExceptionHandler {

    /** Handles the error; if this throws, the default handler is told of both. */
    void handle(EventLoop loop, ExceptionContext context);
}
