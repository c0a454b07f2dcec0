package aio.process.watcher;

import aio.link.RunningLoop;
import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import java.lang.System.Logger.Level;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Learns of each exit without a thread and without a signal, in O(1), as {@code asyncio.PidfdChildWatcher}. It uses
 * {@link Process#onExit} instead of a descriptor for each process, so it works on every system.
 *
 * <p>A callback is called on the loop that the watcher is attached to, as in Python 3.9; if it is not attached, on the
 * loop that ran in the thread that registered it, as in Python 3.12. The watcher is active while the attached loop
 * runs; if it is not attached, on each thread in which a loop runs.
 *
 * <p>Differs from asyncio, whose code breaks its own contract here. A second registration replaces the first.
 * {@link #removeChildHandler} removes a registration and returns false if there was none. Another attachment keeps
 * pending handlers, and reports at once the children that ended meanwhile. The watcher knows the children of loops and
 * those {@linkplain ChildReaper#register registered}; any other process is reported at once, with 255 and a warning.
 *
 * <p>Thread safety: any thread.
 */
public final class PidfdChildWatcher extends ReapingChildWatcher {
    private @Nullable EventLoop attached;
    private ChildReaper.@Nullable Listening listening;

    /**
     * Makes a watcher for the running core.
     *
     * @throws IllegalStateException if there is none
     */
    public PidfdChildWatcher() {
        this(ChildReaper.ofCore());
    }

    /** Makes a watcher that learns exits from {@code reaper}. */
    public PidfdChildWatcher(ChildReaper reaper) {
        super(reaper);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if no loop is attached, and none runs in the calling thread
     */
    @Override
    public void addChildHandler(long pid, ExitCallback callback) {
        Objects.requireNonNull(callback, "callback");
        EventLoop running = RunningLoop.get();
        synchronized (lock) {
            if (attached == null && running == null) {
                throw notAttached(pid);
            }
            put(pid, callback, running);
            if (listening == null) {
                listening = reaper.onExit(this::ended);
            }
        }
        poll(pid);
    }

    private void ended(long pid, int returncode) {
        report(pid, returncode);
    }

    @Override
    @Nullable EventLoop loopOf(Handler handler) {
        return attached != null ? attached : handler.loop();
    }

    /**
     * Binds the watcher to a loop, and reports at once the children that ended meanwhile; handlers stay. Null detaches
     * it, with a warning if a child is still waited for.
     *
     * @throws LoopClosedException if the loop is closed; the watcher is as it was then
     */
    @Override
    public void attachLoop(@Nullable EventLoop loop) {
        if (loop != null && loop.isClosed()) {
            throw new LoopClosedException("loop \"" + loop.name() + "\" is closed, so " + this
                    + " cannot be attached to it and stays as it was: attach an open loop, or null");
        }
        boolean orphaned;
        synchronized (lock) {
            orphaned = loop == null && attached != null && isPending();
            attached = loop;
        }
        if (orphaned) {
            WatcherLog.log(Level.WARNING, "A loop is being detached from a child watcher with pending handlers: " + this
                    + " reports them on the loops that registered them, or when it is attached again");
        }
        if (loop != null) {
            pollAll();
        }
    }

    @Override
    public boolean isActive() {
        EventLoop loop;
        synchronized (lock) {
            loop = attached;
        }
        return reaper.isOpen() && (loop == null ? RunningLoop.get() != null : loop.isRunning());
    }

    /** Forgets all registrations and detaches the loop. It may be used again. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            forgetHandlers();
            attached = null;
            if (listening != null) {
                listening.close();
                listening = null;
            }
        }
    }
}
