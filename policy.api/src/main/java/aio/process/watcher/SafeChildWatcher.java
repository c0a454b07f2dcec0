package aio.process.watcher;

import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;

/**
 * Looks after every registered process whenever some child ends, on the loop that it is attached to, as
 * {@code asyncio.SafeChildWatcher}: it never takes the exit status of a child of others, and costs O(n) for each exit.
 *
 * <p>It must be attached to a loop, is active while that loop runs, and its callbacks are called there. Pending
 * handlers survive another attachment, which reports at once the children that ended meanwhile.
 *
 * <p>Differs from asyncio: it is told of exits by the JDK, not by {@code SIGCHLD}, so it may be attached on any thread;
 * it knows the children of loops and those {@linkplain ChildReaper#register registered}, any other is reported with 255
 * and a warning at once; a child that has ended before its registration is reported through the loop, not inside
 * {@link #addChildHandler}; registering without a loop is a clear error.
 *
 * <p>Thread safety: any thread.
 */
public final class SafeChildWatcher extends AttachedChildWatcher {
    private static final Logger LOG = System.getLogger(SafeChildWatcher.class.getName());

    /**
     * Makes one for the core that runs.
     *
     * @throws IllegalStateException if there is none
     */
    public SafeChildWatcher() {
        this(ChildReaper.ofCore());
    }

    /** Makes one that learns exits from {@code reaper}. */
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
            LOG.log(Level.WARNING, "loop \"" + loop.name() + "\" that " + this
                    + " is attached to is closed, so the exit of"
                    + " process " + pid + " is not looked after: attach the watcher to an open loop");
        }
    }
}
