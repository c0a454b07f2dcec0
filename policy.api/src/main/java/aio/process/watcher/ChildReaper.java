package aio.process.watcher;

import aio.policy.ChildWatcher;
import aio.process.ProcessGoneException;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells child watchers of exits. It takes the place of {@code waitpid} and {@code SIGCHLD}, which the JVM keeps to
 * itself. The reaper of the core knows the children of its loops and those that were {@linkplain #register registered};
 * tests of watchers have scripted ones.
 *
 * <p>Thread safety: any thread. Implemented by the core, and by tests of watchers.
 */
@ProviderType
public interface ChildReaper {

    /** The return code that is reported when it cannot be known. */
    int UNKNOWN = 255;

    /** Listens to exits. */
    @FunctionalInterface
    @ConsumerType
    interface ExitListener {

        /** A child ended. Called on any thread, also on one of the JDK: must be quick and run no foreign code. */
        void ended(long pid, int returncode);
    }

    /** A listener that is registered. */
    @ProviderType
    interface Listening extends AutoCloseable {

        /** Removes the listener; a call may still be under way. Idempotent. */
        @Override
        void close();
    }

    /**
     * Returns the reaper of the running core.
     *
     * @throws IllegalStateException if there is none; the message says what to install
     */
    static ChildReaper ofCore() {
        return ReaperLink.reaper();
    }

    /** Registers a child that was not started by a loop, so that its exit is reported. */
    void register(Process child);

    /**
     * Checks whether a child has ended, as {@code waitpid} with {@code WNOHANG}. It may be called again.
     *
     * @return the return code as {@link ChildWatcher.ExitCallback} gets it, or empty while the child runs
     * @throws ProcessGoneException if no such child is known: it is not one of this core, or ended long ago
     */
    OptionalInt poll(long pid);

    /**
     * Waits for the end of a child, as {@code waitpid}, and returns its return code.
     *
     * @throws ProcessGoneException as {@link #poll} does
     * @throws IllegalStateException if the reaper is closed before the child ends
     */
    int await(long pid) throws InterruptedException;

    /** Registers a listener, which is called after each exit of a child. */
    Listening onExit(ExitListener listener);

    /** Makes a thread, not started, that keeps neither the JVM nor a bundle alive. */
    Thread newThread(String name, Runnable work);

    /** Tells whether exits are still reported: false once the core has stopped. */
    boolean isOpen();
}
