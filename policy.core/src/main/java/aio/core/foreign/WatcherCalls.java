package aio.core.foreign;

import aio.policy.ChildWatcher;
import aio.policy.ChildWatcher.ExitCallback;
import aio.policy.ChildWatcher.Scope;
import aio.process.watcher.ChildReaper.ExitListener;
import java.lang.System.Logger.Level;

/** Calls child watchers, and the listeners to exits of children. Any thread, never with a lock held. */
public final class WatcherCalls {
    private WatcherCalls() {}

    /**
     * Enters the context of a watcher, in which a child is started.
     *
     * @throws ForeignFailure if the watcher fails or returns null
     */
    public static Scope enter(ChildWatcher watcher) throws ForeignFailure {
        return Wall.call(() -> {
            Scope scope = watcher.enter();
            if (scope == null) {
                throw new IllegalStateException(
                        "child watcher " + Text.of(watcher) + " returned null from enter: a scope is expected");
            }
            return scope;
        });
    }

    /**
     * Leaves the context of a watcher.
     *
     * @throws ForeignFailure if the watcher fails
     */
    public static void leave(Scope scope) throws ForeignFailure {
        Wall.run(scope::close);
    }

    /**
     * Tells whether a watcher reports exits.
     *
     * @throws ForeignFailure if the watcher fails
     */
    public static boolean isActive(ChildWatcher watcher) throws ForeignFailure {
        return Wall.call(watcher::isActive);
    }

    /**
     * Lets a watcher report the exit of a child.
     *
     * @throws ForeignFailure if the watcher fails
     */
    public static void watch(ChildWatcher watcher, long pid, ExitCallback callback) throws ForeignFailure {
        Wall.run(() -> watcher.addChildHandler(pid, callback));
    }

    /** Calls the callback of an exit; its failure does not keep others from being called. */
    public static void exited(CoreLog logger, ExitCallback callback, long pid, int returncode) {
        Wall.run(logger, Level.ERROR, "the exit callback " + Text.ofClass(callback.getClass()) + " of process " + pid
                + " failed when it was told of return code " + returncode, () -> callback.exited(pid, returncode));
    }

    /** Calls a listener with an exit; its failure does not keep others from being called. */
    public static void ended(CoreLog logger, ExitListener listener, long pid, int returncode) {
        Wall.run(logger, Level.ERROR, "a watcher failed when it was told that process " + pid
                + " ended with return code "
                + returncode, () -> listener.ended(pid, returncode));
    }
}
