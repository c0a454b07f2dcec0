package aio.loop;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The debug mode: wrong threads are refused, slow callbacks reported. On by default if the system property
 * {@code aio.debug} or the environment variable {@code AIO_DEBUG} is set to any non-empty text.
 *
 * <p>Thread safety: any thread.
 */
@ProviderType
public interface DebugMode {

    /** Tells whether the debug mode is on. */
    boolean getDebug();

    /** Switches the debug mode. Refused on a managed loop. */
    void setDebug(boolean enabled);

    /** Returns from which duration on a callback is reported as slow in debug mode; 100 ms unless set. */
    Duration getSlowCallbackDuration();

    /** Sets from which duration on a callback is reported as slow in debug mode. Refused on a managed loop. */
    void setSlowCallbackDuration(Duration duration);
}
