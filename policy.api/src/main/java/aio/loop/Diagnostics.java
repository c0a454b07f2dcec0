package aio.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finding out what goes wrong on a loop.
 *
 * <p><b>Errors.</b> What happens to errors that have no other receiver. A {@link LoopExit} alone is not handled here:
 * it leaves {@link Running#runForever}. Every other {@link Error}, even an {@link OutOfMemoryError}, is a failure of
 * the callback that threw it.
 *
 * <p>Thread safety: the thread of the loop.
 *
 * <p><b>Debug mode.</b> Wrong threads are refused, slow callbacks reported. On by default if the
 * system property {@code aio.debug} or the environment variable {@code AIO_DEBUG} is set to any non-empty text.
 *
 * <p>Thread safety: any thread.
 */
@ProviderType
public interface Diagnostics {

    // ---- errors

    /** Sets the handler, as {@code set_exception_handler}; null for the default one. Refused on a managed loop. */
    void setExceptionHandler(@Nullable ExceptionHandler handler);

    /** Returns the handler that was set, or null. */
    @Nullable ExceptionHandler getExceptionHandler();

    /** Logs the context as an error: the message, then the other keys sorted, with the exception attached. */
    void defaultExceptionHandler(ExceptionContext context);

    /** Calls the handler, or the default one. Never throws. */
    void callExceptionHandler(ExceptionContext context);

    // ---- debug mode

    /** Tells whether the debug mode is on. */
    boolean getDebug();

    /** Switches the debug mode. Refused on a managed loop. */
    void setDebug(boolean enabled);

    /** Returns from which duration on a callback is reported as slow in debug mode; 100 ms unless set. */
    Duration getSlowCallbackDuration();

    /** Sets from which duration on a callback is reported as slow in debug mode. Refused on a managed loop. */
    void setSlowCallbackDuration(Duration duration);
}
