package aio.core.foreign;

import java.io.PrintWriter;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs failures of code that is not the core's. A failure whose text fails as well is logged with its class and stack;
 * a logger that fails stops nothing. Any thread.
 */
public final class FailureLog {
    private FailureLog() {}

    /** Logs a message with the failure that it is about. */
    public static void log(Logger logger, Level level, String message, @Nullable Throwable failure) {
        try {
            logger.log(level, message, failure == null ? null : printable(failure));
        } catch (Throwable broken) {
            withoutFailure(logger, level, message, failure);
        }
    }

    /** Logs a message that is about no failure. */
    public static void log(Logger logger, Level level, String message) {
        log(logger, level, message, null);
    }

    /** Logs a message that is about no failure, and is made only if it is wanted. */
    public static void log(Logger logger, Level level, Supplier<String> message) {
        Wall.run(logger, Level.WARNING, "a logger has failed", () -> logger.log(level, message));
    }

    private static void withoutFailure(Logger logger, Level level, String message, @Nullable Throwable failure) {
        try {
            logger.log(level, message + ": " + Text.of(failure));
        } catch (Throwable broken) {
            // the last place to report it has failed
        }
    }

    /** Returns the failure itself if it can be printed, else a replacement. */
    private static Throwable printable(Throwable failure) {
        try {
            failure.printStackTrace(new PrintWriter(Writer.nullWriter()));
            return failure;
        } catch (Throwable broken) {
            return new Unprintable(failure);
        }
    }

    /** Replaces a failure whose message, cause or stack cannot be asked for. */
    private static final class Unprintable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unprintable(Throwable failure) {
            super(Text.of(failure));
            StackTraceElement[] stack = failure.getStackTrace();
            if (stack != null) {
                setStackTrace(stack);
            }
        }
    }
}
