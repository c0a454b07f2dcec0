package aio.core.foreign;

/** What is ended by a failure of its protocol. Loop thread. */
@FunctionalInterface
public interface Failing {

    /** Reports the failure and ends what the protocol belongs to. */
    void fatal(Throwable failure, String message);

    /** Lets a call of a protocol that has failed end what it belongs to. */
    static void tell(Failing failing, Throwable failure, String message) {
        Guard.rethrowExit(failure);
        failing.fatal(failure, message);
    }
}
