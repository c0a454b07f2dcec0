package aio.process.watcher;

import aio.loop.EventLoop;
import aio.process.ProcessGoneException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes every exit as it comes, as {@code asyncio.FastChildWatcher}: O(1) for each, and unknown ones are logged.
 *
 * <p>It must be attached to a loop, is active while that loop runs, and its callbacks are called there. A process is to
 * be started and registered inside the context ({@link #enter}): until the last context is left, exits of unknown
 * processes are kept, for they may be about to be registered; what is left then is logged.
 *
 * <p>Differs from asyncio: nothing is stolen from other spawners, for the JDK reaps; exits are those of children of
 * loops and of {@linkplain ChildReaper#register registered} ones; it may be attached on any thread; a child that ended
 * before its registration is reported through the loop. For a process whose exit was not seen inside the context, or
 * that is not known, the callback never comes, as in asyncio.
 *
 * <p>Thread safety: any thread.
 */
public final class FastChildWatcher extends AttachedChildWatcher {
    private static final Logger LOG = System.getLogger(FastChildWatcher.class.getName());

    private final Map<Long, Integer> unclaimed = new TreeMap<>();
    private int contexts;

    /**
     * Makes one for the core that runs.
     *
     * @throws IllegalStateException if there is none
     */
    public FastChildWatcher() {
        this(ChildReaper.ofCore());
    }

    /** Makes one that learns exits from {@code reaper}. */
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
        LOG.log(Level.WARNING, "Caught subprocesses termination from unknown pids (process=return code): " + leftOver
                + "; register a child inside the context in which it is started");
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
        LOG.log(Level.WARNING, "Caught subprocess termination from unknown pid: process " + pid
                + " ended with return code "
                + returncode + "; register a child inside the context in which it is started");
    }

    /** The callback never comes, for the exit was taken by others. */
    @Override
    void gone(long pid, ProcessGoneException cause) {
        LOG.log(Level.DEBUG, "process " + pid + " will not be reported by " + this, cause);
    }

    @Override
    public void close() {
        synchronized (lock) {
            unclaimed.clear();
            super.close();
        }
    }
}
