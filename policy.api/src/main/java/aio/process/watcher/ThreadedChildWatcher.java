package aio.process.watcher;

import aio.loop.EventLoop;
import aio.process.ProcessGoneException;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Waits for each child on a thread of its own, named {@code aio-waitpid-N}, as {@code asyncio.ThreadedChildWatcher}.
 *
 * <p>It needs no attachment and is always active. A callback is called on the loop that ran in the thread that
 * registered it; if that loop is closed first, the exit is dropped with a warning.
 *
 * <p>Differs from asyncio, whose code breaks its own contract here. A second registration replaces the first and gets
 * the true return code. {@link #removeChildHandler} removes a registration and returns false if there was none. The
 * watcher knows the children of loops and those {@linkplain ChildReaper#register registered}; any other process is
 * reported at once, with 255 and a warning.
 *
 * <p>Thread safety: any thread.
 */
public final class ThreadedChildWatcher extends ReapingChildWatcher {
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Processes that a thread waits for; guarded by the lock. */
    private final Set<Long> awaited = new HashSet<>();

    /**
     * Makes a watcher for the running core.
     *
     * @throws IllegalStateException if there is none
     */
    public ThreadedChildWatcher() {
        this(ChildReaper.ofCore());
    }

    /** Makes a watcher that learns exits from {@code reaper}. */
    public ThreadedChildWatcher(ChildReaper reaper) {
        super(reaper);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if no loop runs in the calling thread
     * @throws OutOfMemoryError if the system has no thread left; nothing is registered then
     */
    @Override
    public void addChildHandler(long pid, ExitCallback callback) {
        Objects.requireNonNull(callback, "callback");
        EventLoop loop = RunningLoops.require(this, pid);
        synchronized (lock) {
            put(pid, callback, loop);
            if (!awaited.add(pid)) {
                return;
            }
        }
        boolean waits = false;
        try {
            reaper.newThread("aio-waitpid-" + NUMBERS.getAndIncrement(), () -> await(pid)).start();
            waits = true;
        } finally {
            if (!waits) { // the system has no thread left: the caller is told, and may try again
                noLongerAwaited(pid);
                removeChildHandler(pid);
            }
        }
    }

    private void await(long pid) {
        try {
            int code = reaper.await(pid);
            noLongerAwaited(pid);
            report(pid, code);
        } catch (ProcessGoneException e) {
            noLongerAwaited(pid);
            gone(pid, e);
        } catch (IllegalStateException e) {
            noLongerAwaited(pid);
            WatcherLog.log(Level.DEBUG, "the exit of process " + pid + " is not reported by " + this, e);
        } catch (InterruptedException e) {
            noLongerAwaited(pid);
            Thread.currentThread().interrupt();
        }
    }

    /** Before the report: a handler that is registered after this gets a thread of its own, one before is reported. */
    private void noLongerAwaited(long pid) {
        synchronized (lock) {
            awaited.remove(pid);
        }
    }

    @Override
    @Nullable EventLoop loopOf(Handler handler) {
        return handler.loop();
    }

    /** No effect: it needs no loop. */
    @Override
    public void attachLoop(@Nullable EventLoop loop) {}

    /** True as long as the core runs. */
    @Override
    public boolean isActive() {
        return reaper.isOpen();
    }

    /** No effect, as in asyncio: children that are waited for are still reported, and their threads end with them. */
    @Override
    public void close() {}
}
