package aio.core.foreign;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;

/**
 * Calls code that is not the core's, and beyond a loop: nothing that it throws gets through, a
 * {@link aio.loop.LoopExit} neither. What belongs to a loop is called by {@link UserCalls}. Any thread.
 */
public final class Wall {
    private Wall() {}

    /** Something in which foreign code is called. */
    @FunctionalInterface
    public interface Step {

        /** Does it. */
        void run() throws Exception;
    }

    /**
     * Does something in which foreign code is called.
     *
     * @throws ForeignFailure if anything is thrown in there
     */
    public static <T> T call(Callable<T> foreign) throws ForeignFailure {
        try {
            return foreign.call();
        } catch (Throwable failure) {
            throw new ForeignFailure(failure);
        }
    }

    /**
     * Does something in which foreign code is called.
     *
     * @throws ForeignFailure if anything is thrown in there
     */
    public static void run(Step foreign) throws ForeignFailure {
        try {
            foreign.run();
        } catch (Throwable failure) {
            throw new ForeignFailure(failure);
        }
    }

    /**
     * Does something that must not keep from what comes behind it: what is thrown in there is logged.
     *
     * @param failureMessage what to log, and what becomes of the rest
     */
    public static void run(Logger logger, Level level, String failureMessage, Step foreign) {
        try {
            foreign.run();
        } catch (Throwable failure) {
            FailureLog.log(logger, level, failureMessage, failure);
        }
    }
}
