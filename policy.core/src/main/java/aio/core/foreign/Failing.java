package aio.core.foreign;

/** What ends when its protocol fails. Loop thread. */
@FunctionalInterface
public interface Failing {

    /** Reports the failure and ends what the protocol belongs to. */
    void fatal(Throwable failure, String message);

    /** Ends what a failed protocol belongs to. */
    static void tell(Failing failing, Throwable failure, String message) {
        Guard.rethrowExit(failure);
        failing.fatal(failure, message);
    }
}
