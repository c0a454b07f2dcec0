package aio.process.watcher;

import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** A watcher that works on one loop, to which it must be attached: what Safe and Fast have in common. Any thread. */
abstract class AttachedChildWatcher extends ReapingChildWatcher {
    private @Nullable EventLoop loop;
    private ChildReaper.@Nullable Listening listening;

    AttachedChildWatcher(ChildReaper reaper) {
        super(reaper);
    }

    /** A child ended. Called on any thread, also on one of the JDK. */
    abstract void ended(long pid, int returncode);

    final @Nullable EventLoop attached() {
        synchronized (lock) {
            return loop;
        }
    }

    @Override
    final @Nullable EventLoop loopOf(Handler handler) {
        return loop;
    }

    /**
     * Binds the watcher to a loop, and reports at once the children that ended meanwhile; handlers stay. Null detaches
     * it, with a warning if a child is still waited for.
     *
     * @throws LoopClosedException if the loop is closed; the watcher then stays as it was
     */
    @Override
    public void attachLoop(@Nullable EventLoop next) {
        if (next != null && next.isClosed()) {
            throw new LoopClosedException("loop \"" + next.name() + "\" is closed, so " + this
                    + " cannot be attached to it and stays as it was: attach an open loop, or null");
        }
        boolean orphaned;
        synchronized (lock) {
            if (next != null && listening == null) {
                listening = reaper.onExit(this::ended);
            }
            orphaned = next == null && loop != null && isPending();
            loop = next;
            if (next == null) {
                endListening();
            }
        }
        if (orphaned) {
            WatcherLog.log(Level.WARNING, "A loop is being detached from a child watcher with pending handlers: " + this
                    + " reports their exits when it is attached again");
        }
        if (next != null) {
            pollAll();
        }
    }

    /** Tells whether the watcher is attached to a loop that runs. */
    @Override
    public boolean isActive() {
        EventLoop attached = attached();
        return attached != null && attached.isRunning() && reaper.isOpen();
    }

    /** Forgets all registrations and detaches the loop. It may be attached again. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            forgetHandlers();
            loop = null;
            endListening();
        }
    }

    private void endListening() {
        if (listening != null) {
            listening.close();
            listening = null;
        }
    }
}
