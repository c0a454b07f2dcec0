package aio.core.signal;

import aio.core.foreign.CoreLog;
import java.util.Optional;

/** Catches signals for the process, as far as the JVM gives access to them. Any thread. */
interface SignalAccess {

    /** Gives a signal back to its handler of before. */
    @FunctionalInterface
    interface Restore {
        void run();
    }

    /**
     * Catches a signal.
     *
     * @param name the name without SIG
     * @param caught runs on a thread of the JVM
     * @throws IllegalArgumentException if there is no such signal, or it cannot be caught
     */
    Restore take(String name, Runnable caught);

    /** Tells whether the system has a signal, even one that cannot be caught. */
    boolean exists(String name);

    /** Returns the access of this JVM; empty if the package {@code sun.misc} is not visible from here. */
    static Optional<SignalAccess> ofJvm() {
        try {
            Class.forName("sun.misc.SignalHandler", false, SignalAccess.class.getClassLoader());
            return Optional.of(new JvmSignals());
        } catch (ClassNotFoundException e) {
            CoreLog.LOOP.log(System.Logger.Level.DEBUG, "signals cannot be handled", e);
            return Optional.empty();
        }
    }
}
