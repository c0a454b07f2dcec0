package aio.policy.console.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * A log that fails no caller. What writes it is code of others: a handler that throws must not keep a bundle from
 * starting, or from taking away what it has registered. Any thread.
 */
public final class SafeLog {
    /** Tells of policies. */
    public static final SafeLog POLICY = new SafeLog(System.getLogger("aio.policy"));

    private final Logger logger;

    SafeLog(Logger logger) {
        this.logger = logger;
    }

    /** Logs a message that is about no failure. */
    public void log(Level level, String message) {
        log(level, message, (Throwable) null);
    }

    /** Logs a message with the failure that it is about; without its stack if that cannot be written. */
    public void log(Level level, String message, @Nullable Throwable failure) {
        try {
            logger.log(level, message, failure);
        } catch (Throwable broken) {
            withoutStack(level, message, failure);
        }
    }

    /** Logs a message whose parts are put in as by {@link java.text.MessageFormat}. */
    public void log(Level level, String format, @Nullable Object... parts) {
        try {
            logger.log(level, format, parts);
        } catch (Throwable broken) {
            // there is no other way to write it
        }
    }

    /** Tells whether messages of a level are written. */
    public boolean isLoggable(Level level) {
        try {
            return logger.isLoggable(level);
        } catch (Throwable broken) {
            return false;
        }
    }

    private void withoutStack(Level level, String message, @Nullable Throwable failure) {
        try {
            logger.log(level, failure == null ? message : message + ": " + failure.getClass().getName());
        } catch (Throwable broken) {
            // the last place to report it has failed
        }
    }
}
