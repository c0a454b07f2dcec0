package aio.policy;

import aio.loop.EventLoop;
import aio.process.watcher.FastChildWatcher;
import aio.process.watcher.MultiLoopChildWatcher;
import aio.process.watcher.PidfdChildWatcher;
import aio.process.watcher.SafeChildWatcher;
import aio.process.watcher.ThreadedChildWatcher;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Learns when child processes end, as {@code asyncio.AbstractChildWatcher}. Loops do not need a watcher: they share the
 * reaper of the core. If one is set with {@code EventLoopPolicy.setChildWatcher}, loops use that. asyncio's five are
 * {@link ThreadedChildWatcher}, {@link PidfdChildWatcher}, {@link SafeChildWatcher}, {@link FastChildWatcher} and
 * {@link MultiLoopChildWatcher}; {@link AbstractChildWatcher} is there to be extended.
 *
 * <p>Thread safety: any thread. Implemented by the core, and by users who must.
 */
@ConsumerType
public interface ChildWatcher extends AutoCloseable {

    /** What is called when a child ends. */
    @FunctionalInterface
    @ConsumerType
    interface ExitCallback {

        /**
         * The child ended.
         *
         * @param pid which
         * @param returncode n if it exited with n, -N if signal N killed it, 255 if it cannot be known (a warning is
         *     logged)
         */
        void exited(long pid, int returncode);
    }

    /** What {@link #enter} returns; closing it leaves the context. */
    @FunctionalInterface
    @ConsumerType
    interface Scope extends AutoCloseable {

        /** Leaves the context. */
        @Override
        void close();
    }

    /**
     * Enters the context in which a child is started and registered, asyncio's {@code with watcher:}. A watcher that
     * collects exits blindly holds back those of unknown processes until the context is left. Contexts may overlap.
     *
     * <pre>{@code
     * try (ChildWatcher.Scope scope = watcher.enter()) {
     *     Process child = builder.start();
     *     ChildReaper.ofCore().register(child);
     *     watcher.addChildHandler(child.pid(), callback);
     * }
     * }</pre>
     *
     * <p>Loops do so on their thread around each start. Unless overridden, this does nothing.
     */
    default Scope enter() {
        return () -> {};
    }

    /**
     * Calls back once when the child ends, also if it has ended already. A second registration for the same process
     * replaces the first. If the watcher of a loop is not active, or has not called back two seconds after the end, the
     * loop tells its protocol without the watcher.
     *
     * @param callback called on any thread; must not block
     */
    void addChildHandler(long pid, ExitCallback callback);

    /** Removes a registration; returns false if there was none. */
    boolean removeChildHandler(long pid);

    /** Binds the watcher to a loop, or to none. No effect on a watcher that needs no loop. */
    void attachLoop(@Nullable EventLoop loop);

    /** Tells whether exits are reported; starting a process with an inactive watcher is an error. */
    boolean isActive();

    /** Forgets all registrations. Idempotent. */
    @Override
    void close();
}
