package aio.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A loop that reports what goes wrong on it.
 *
 * <p><b>Errors.</b> An error that no other code receives, such as an exception of a callback, goes to the exception
 * handler. A {@link LoopExit} does not: it leaves {@link Running#runForever}. Every other {@link Error}, even an
 * {@link OutOfMemoryError}, is a failure of the callback that threw it, and the loop continues. A {@link LoopExit} of
 * the handler, called in the middle of an operation of the loop, leaves it in the next turn.
 *
 * <p>Thread safety: the thread of the loop.
 *
 * <p><b>Debug mode.</b> In debug mode the loop refuses calls on the wrong thread and reports slow callbacks. It is on
 * by default if the system property {@code aio.debug} or the environment variable {@code AIO_DEBUG} is not empty.
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

    /** Calls the handler that was set, or the default one. Never throws. */
    void callExceptionHandler(ExceptionContext context);

    // ---- debug mode

    /** Tells whether the debug mode is on. */
    boolean getDebug();

    /** Switches the debug mode. Refused on a managed loop. */
    void setDebug(boolean enabled);

    /** Returns the duration from which a callback is reported as slow in debug mode; 100 ms unless set. */
    Duration getSlowCallbackDuration();

    /** Sets the duration from which a callback is reported as slow in debug mode. Refused on a managed loop. */
    void setSlowCallbackDuration(Duration duration);
}
