package aio.core.foreign;

import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;

/**
 * Calls foreign code outside of any loop: nothing that it throws gets through, not even a
 * {@link aio.loop.LoopExit}. On a loop {@link UserCalls} does so. Any thread.
 */
public final class Wall {
    private Wall() {}

    /** An action that calls foreign code. */
    @FunctionalInterface
    public interface Step {

        void run() throws Exception;
    }

    /**
     * Runs an action that calls foreign code and returns its result.
     *
     * @throws ForeignFailure if the action throws
     */
    public static <T> T call(Callable<T> foreign) throws ForeignFailure {
        try {
            return foreign.call();
        } catch (Throwable failure) {
            throw new ForeignFailure(failure);
        }
    }

    /**
     * Runs an action that calls foreign code.
     *
     * @throws ForeignFailure if the action throws
     */
    public static void run(Step foreign) throws ForeignFailure {
        try {
            foreign.run();
        } catch (Throwable failure) {
            throw new ForeignFailure(failure);
        }
    }

    /**
     * Runs an action that must not stop what comes after it: what it throws is logged.
     *
     * @param failureMessage what to log, and what happens to the rest
     */
    public static void run(CoreLog logger, Level level, String failureMessage, Step foreign) {
        try {
            foreign.run();
        } catch (Throwable failure) {
            logger.log(level, failureMessage, failure);
        }
    }
}
