package aio.core.process;

import aio.core.foreign.CoreLog;
import aio.core.foreign.WatcherCalls;
import aio.loop.EventLoop;
import aio.policy.ChildWatcher;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The default child watcher: a view on the shared reaper that needs neither loop nor thread. Any thread. */
final class ReaperWatcher implements ChildWatcher {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final SharedReaper reaper;
    private final Map<Long, ExitCallback> handlers = new HashMap<>();
    private boolean closed;

    ReaperWatcher(SharedReaper reaper) {
        this.reaper = reaper;
    }

    @Override
    public void addChildHandler(long pid, ExitCallback callback) {
        Objects.requireNonNull(callback, "callback");
        if (pid == ProcessHandle.current().pid()) {
            throw new IllegalArgumentException(
                    "process " + pid + " is this JVM itself, but a child is expected: give the pid of a child");
        }
        synchronized (handlers) {
            if (closed) {
                throw new IllegalStateException("the child watcher is closed, so the exit of process " + pid
                        + " would never be reported: take a new watcher from the policy");
            }
            handlers.put(pid, callback);
        }
        reaper.watch(pid, this);
    }

    @Override
    public boolean removeChildHandler(long pid) {
        synchronized (handlers) {
            return handlers.remove(pid) != null;
        }
    }

    /** No effect: exits are reported without a loop. */
    @Override
    public void attachLoop(@Nullable EventLoop loop) {}

    @Override
    public boolean isActive() {
        synchronized (handlers) {
            return !closed;
        }
    }

    @Override
    public void close() {
        synchronized (handlers) {
            closed = true;
            handlers.clear();
        }
    }

    @Override
    public String toString() {
        return isActive() ? "default child watcher" : "default child watcher (closed)";
    }

    boolean isWatching(long pid) {
        synchronized (handlers) {
            return handlers.containsKey(pid);
        }
    }

    /** Calls back if a callback is still registered for this process. */
    void exited(long pid, int returncode) {
        ExitCallback callback;
        synchronized (handlers) {
            callback = handlers.remove(pid);
        }
        if (callback != null) {
            WatcherCalls.exited(LOG, callback, pid, returncode);
        }
    }
}
