package aio.driver.uring;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The log of the driver. What writes it is code of others: a handler that throws must not look like a fault of the
 * driver, nor leave a ring or a descriptor open. Any thread.
 */
final class DriverLog {
    private static final Logger LOG = System.getLogger("aio.loop");

    private DriverLog() {}

    /** Logs a message that is about no failure. */
    static void log(Level level, String message) {
        log(level, message, null);
    }

    /** Logs a message with the failure that it is about; without its stack if that cannot be written. */
    static void log(Level level, String message, @Nullable Throwable failure) {
        try {
            LOG.log(level, message, failure);
        } catch (Throwable broken) {
            withoutStack(level, message, failure);
        }
    }

    private static void withoutStack(Level level, String message, @Nullable Throwable failure) {
        try {
            LOG.log(level, failure == null ? message : message + ": " + failure.getClass().getName());
        } catch (Throwable broken) {
            // the last place to report it has failed
        }
    }
}
