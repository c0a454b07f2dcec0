package aio.core.foreign;

import java.io.PrintWriter;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of the core. What writes it is foreign code: a logger that fails stops nothing, and a failure whose text
 * fails as well is logged with its class and stack. Any thread.
 */
public final class CoreLog {
    /** Tells of policies, and of the loops that follow them. */
    public static final CoreLog POLICY = new CoreLog(System.getLogger("aio.policy"));
    /** Tells of what happens on loops. */
    public static final CoreLog LOOP = new CoreLog(System.getLogger("aio.loop"));

    private final Logger logger;

    CoreLog(Logger logger) {
        this.logger = logger;
    }

    /** Logs a message with the failure that it is about. */
    public void log(Level level, String message, @Nullable Throwable failure) {
        try {
            if (logger.isLoggable(level)) {
                logger.log(level, message, failure == null ? null : printable(failure));
            }
        } catch (Throwable broken) {
            withoutFailure(level, message, failure);
        }
    }

    /** Logs a message that is about no failure. */
    public void log(Level level, String message) {
        log(level, message, null);
    }

    /** Logs a message that is about no failure, and is made only if it is wanted. */
    public void log(Level level, Supplier<String> message) {
        Wall.run(this, Level.WARNING, "a message of the log could not be made", () -> logger.log(level, message));
    }

    private void withoutFailure(Level level, String message, @Nullable Throwable failure) {
        try {
            logger.log(level, failure == null ? message : message + ": " + Text.of(failure));
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
