package aio.core.signal;

import java.util.Optional;

/** Catches signals for the process: what the JVM gives access to, or does not. Any thread. */
interface SignalAccess {

    /** Gives a signal back to whom it was taken from. */
    @FunctionalInterface
    interface Restore {
        void run();
    }

    /**
     * Catches a signal.
     *
     * @param name without SIG
     * @param caught called on a thread of the JVM
     * @throws IllegalArgumentException if there is no such signal, or it cannot be caught
     */
    Restore take(String name, Runnable caught);

    /** Tells whether the system has a signal, though it may not be caught. */
    boolean exists(String name);

    /** Returns the access of this JVM; empty if the package {@code sun.misc} cannot be seen from here. */
    static Optional<SignalAccess> ofJvm() {
        try {
            Class.forName("sun.misc.SignalHandler", false, SignalAccess.class.getClassLoader());
            return Optional.of(new JvmSignals());
        } catch (ClassNotFoundException e) {
            System.getLogger("aio.loop").log(System.Logger.Level.DEBUG, "signals cannot be handled", e);
            return Optional.empty();
        }
    }
}
