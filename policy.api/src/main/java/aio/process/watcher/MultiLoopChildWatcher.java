package aio.process.watcher;

import aio.loop.EventLoop;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks every registered process whenever a child ends, and reports it on the loop that it was registered on, as
 * {@code asyncio.MultiLoopChildWatcher}; O(n) for each exit.
 *
 * <p>It must be attached once, to any loop; it is active from then on until it is closed. A callback is called on the
 * loop that ran in the thread that registered it; if that loop is closed first, the exit is dropped with a warning.
 *
 * <p>Differs from asyncio: the JDK tells it of exits, not a handler of {@code SIGCHLD}. So {@link #close} has no
 * handler to restore, it may be attached on any thread, and a sleeping loop misses no exit. Registering before the
 * first attachment is refused. It knows the children of loops and those {@linkplain ChildReaper#register registered};
 * any other process is reported at once, with 255 and a warning.
 *
 * <p>Thread safety: any thread.
 */
public final class MultiLoopChildWatcher extends ReapingChildWatcher {
    private ChildReaper.@Nullable Listening listening;

    /**
     * Makes a watcher for the running core.
     *
     * @throws IllegalStateException if there is none
     */
    public MultiLoopChildWatcher() {
        this(ChildReaper.ofCore());
    }

    /** Makes a watcher that learns exits from {@code reaper}. */
    public MultiLoopChildWatcher(ChildReaper reaper) {
        super(reaper);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if no loop runs in the calling thread, or if the watcher was never attached
     */
    @Override
    public void addChildHandler(long pid, ExitCallback callback) {
        Objects.requireNonNull(callback, "callback");
        EventLoop loop = RunningLoops.require(this, pid);
        synchronized (lock) {
            if (listening == null) {
                throw notAttached(pid);
            }
            put(pid, callback, loop);
        }
        poll(pid);
    }

    @Override
    @Nullable EventLoop loopOf(Handler handler) {
        return handler.loop();
    }

    /** Makes the watcher active, the first time; later no effect. */
    @Override
    public void attachLoop(@Nullable EventLoop loop) {
        synchronized (lock) {
            if (listening == null) {
                listening = reaper.onExit((pid, returncode) -> pollAll());
            }
        }
    }

    @Override
    public boolean isActive() {
        synchronized (lock) {
            return listening != null && reaper.isOpen();
        }
    }

    /** Forgets all registrations; the watcher is not active until it is attached again. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            forgetHandlers();
            if (listening != null) {
                listening.close();
                listening = null;
            }
        }
    }
}
