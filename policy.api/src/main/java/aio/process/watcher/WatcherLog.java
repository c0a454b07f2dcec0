package aio.process.watcher;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The log of the watchers. What writes it is code of others: a handler that throws must not keep an exit from being
 * reported. Any thread.
 */
final class WatcherLog {
    private static final Logger LOG = System.getLogger("aio.loop");

    private WatcherLog() {}

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
