package aio.loop;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What happens to errors that nobody else can be told. A {@link LoopExit} alone is not handled here: it leaves
 * {@link Running#runForever}. Every other {@link Error}, even an {@link OutOfMemoryError}, is a failure of the callback
 * that threw it.
 *
 * <p>Thread safety: the thread of the loop.
 */
@ProviderType
public interface ErrorHandling {

    /** Sets the handler, as {@code set_exception_handler}; null for the default one. Refused on a managed loop. */
    void setExceptionHandler(@Nullable ExceptionHandler handler);

    /** Returns the handler that was set, or null. */
    @Nullable ExceptionHandler getExceptionHandler();

    /** Logs the context as an error: the message, then the other keys sorted, with the exception attached. */
    void defaultExceptionHandler(ExceptionContext context);

    /** Calls the handler, or the default one. Never throws. */
    void callExceptionHandler(ExceptionContext context);
}
