package aio.process.watcher;

import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import java.lang.System.Logger.Level;
import java.util.Objects;

/**
 * Checks every registered process whenever a child ends, on the loop that it is attached to, as
 * {@code asyncio.SafeChildWatcher}. It never takes the exit status of another code's child, and costs O(n) for each
 * exit.
 *
 * <p>It must be attached to a loop, is active while that loop runs, and calls its callbacks there. Pending handlers
 * survive another attachment, which reports at once the children that ended meanwhile.
 *
 * <p>Differs from asyncio: the JDK tells it of exits, not {@code SIGCHLD}, so it may be attached on any thread. It
 * knows the children of loops and those {@linkplain ChildReaper#register registered}; any other process is reported at
 * once, with 255 and a warning. A child that ended before its registration is reported through the loop, not inside
 * {@link #addChildHandler}. Registering without a loop is refused.
 *
 * <p>Thread safety: any thread.
 */
public final class SafeChildWatcher extends AttachedChildWatcher {
    /**
     * Makes a watcher for the running core.
     *
     * @throws IllegalStateException if there is none
     */
    public SafeChildWatcher() {
        this(ChildReaper.ofCore());
    }

    /** Makes a watcher that learns exits from {@code reaper}. */
    public SafeChildWatcher(ChildReaper reaper) {
        super(reaper);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if no loop is attached
     */
    @Override
    public void addChildHandler(long pid, ExitCallback callback) {
        Objects.requireNonNull(callback, "callback");
        if (attached() == null) {
            throw notAttached(pid);
        }
        put(pid, callback, null);
        poll(pid);
    }

    @Override
    void ended(long pid, int returncode) {
        EventLoop loop = attached();
        if (loop == null || !isPending()) {
            return;
        }
        try {
            loop.callSoonThreadsafe(this::pollAll);
        } catch (LoopClosedException e) {
            WatcherLog.log(Level.WARNING, "loop \"" + loop.name() + "\" that " + this
                    + " is attached to is closed, so the exit of"
                    + " process " + pid + " is not reported: attach the watcher to an open loop");
        }
    }
}
