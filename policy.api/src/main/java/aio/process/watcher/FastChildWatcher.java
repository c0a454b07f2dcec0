package aio.process.watcher;

import aio.loop.EventLoop;
import aio.process.ProcessGoneException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes every exit as it comes, as {@code asyncio.FastChildWatcher}, in O(1) for each exit.
 *
 * <p>It must be attached to a loop, is active while that loop runs, and calls its callbacks there. Start and register a
 * process inside the context ({@link #enter}): until the last context is left, exits of processes that are not
 * registered yet are kept; exits that are left then are logged.
 *
 * <p>Differs from asyncio: it takes no exits from other code that starts processes, for the JDK reaps them. It sees the
 * exits of children of loops and of {@linkplain ChildReaper#register registered} ones. It may be attached on any
 * thread. A child that ended before its registration is reported through the loop. As in asyncio, the callback never
 * comes for a process that is not known, or whose exit was not seen inside the context.
 *
 * <p>Thread safety: any thread.
 */
public final class FastChildWatcher extends AttachedChildWatcher {
    private final Map<Long, Integer> unclaimed = new TreeMap<>();
    private int contexts;

    /**
     * Makes a watcher for the running core.
     *
     * @throws IllegalStateException if there is none
     */
    public FastChildWatcher() {
        this(ChildReaper.ofCore());
    }

    /** Makes a watcher that learns exits from {@code reaper}. */
    public FastChildWatcher(ChildReaper reaper) {
        super(reaper);
    }

    /** Holds back the exits of unknown processes until the last context is left. */
    @Override
    public Scope enter() {
        synchronized (lock) {
            contexts++;
        }
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                leave();
            }
        };
    }

    private void leave() {
        String leftOver;
        synchronized (lock) {
            contexts--;
            if (contexts > 0 || unclaimed.isEmpty()) {
                return;
            }
            leftOver = unclaimed.toString();
            unclaimed.clear();
        }
        WatcherLog.log(Level.WARNING, "Caught subprocesses termination from unknown pids (process=return code): "
                + leftOver + "; register a child inside the context in which it is started");
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException outside the context, and if no loop is attached
     */
    @Override
    public void addChildHandler(long pid, ExitCallback callback) {
        Objects.requireNonNull(callback, "callback");
        EventLoop loop;
        Integer code;
        synchronized (lock) {
            if (contexts == 0) {
                throw new IllegalStateException("Must use the context manager: start and register process " + pid
                        + " inside try (ChildWatcher.Scope scope = watcher.enter())");
            }
            loop = attached();
            if (loop == null) {
                throw notAttached(pid);
            }
            code = unclaimed.remove(pid);
            if (code == null) {
                put(pid, callback, null);
            } else {
                removeChildHandler(pid);
            }
        }
        if (code != null) {
            hand(loop, pid, code, callback);
        }
    }

    @Override
    void ended(long pid, int returncode) {
        if (report(pid, returncode)) {
            return;
        }
        synchronized (lock) {
            if (contexts > 0) {
                unclaimed.put(pid, returncode);
                return;
            }
        }
        WatcherLog.log(Level.WARNING, "Caught subprocess termination from unknown pid: process " + pid
                + " ended with return code "
                + returncode + "; register a child inside the context in which it is started");
    }

    /** The callback never comes, for the exit was taken by others. */
    @Override
    void gone(long pid, ProcessGoneException cause) {
        WatcherLog.log(Level.DEBUG, "process " + pid + " will not be reported by " + this, cause);
    }

    @Override
    public void close() {
        synchronized (lock) {
            unclaimed.clear();
            super.close();
        }
    }
}
