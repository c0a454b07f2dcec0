package aio.process.watcher;

import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import aio.policy.AbstractChildWatcher;
import aio.process.ProcessGoneException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the five watchers have in common: one handler for each process, and one report for each handler, through a loop.
 * Any thread; no foreign code is called under the lock.
 */
abstract class ReapingChildWatcher extends AbstractChildWatcher {
    final ChildReaper reaper;
    final Object lock = new Object();
    private final Map<Long, Handler> handlers = new HashMap<>();

    ReapingChildWatcher(ChildReaper reaper) {
        this.reaper = Objects.requireNonNull(reaper, "reaper");
    }

    /** Returns the loop that calls a handler; null if none can now. Under the lock. */
    abstract @Nullable EventLoop loopOf(Handler handler);

    /** Keeps a handler in place of one for the same process. */
    final void put(long pid, ExitCallback callback, @Nullable EventLoop loop) {
        Handler handler = new Handler(Objects.requireNonNull(callback, "callback"), loop);
        synchronized (lock) {
            handlers.put(pid, handler);
        }
    }

    @Override
    public boolean removeChildHandler(long pid) {
        synchronized (lock) {
            return handlers.remove(pid) != null;
        }
    }

    /** Nothing to do: no exit status is taken away. */
    @Override
    public Scope enter() {
        return () -> {};
    }

    final boolean isPending() {
        synchronized (lock) {
            return !handlers.isEmpty();
        }
    }

    final void forgetHandlers() {
        synchronized (lock) {
            handlers.clear();
        }
    }

    /** Checks every process that has a handler. A check that fails is logged. */
    final void pollAll() {
        List<Long> pids;
        synchronized (lock) {
            pids = new ArrayList<>(handlers.keySet());
        }
        for (long pid : pids) {
            try {
                poll(pid);
            } catch (RuntimeException e) {
                WatcherLog.log(Level.ERROR, "checking whether process " + pid + " has ended failed in " + this, e);
            }
        }
    }

    /** Checks whether one process has ended, and reports it if so. */
    final void poll(long pid) {
        OptionalInt code;
        try {
            code = reaper.poll(pid);
        } catch (ProcessGoneException e) {
            gone(pid, e);
            return;
        }
        if (code.isPresent()) {
            report(pid, code.getAsInt());
        }
    }

    /** Is told that it cannot be known how a process ended. */
    void gone(long pid, ProcessGoneException cause) {
        if (report(pid, ChildReaper.UNKNOWN)) {
            WatcherLog.log(Level.WARNING, "the exit status of process " + pid + " is unknown and reported as "
                    + ChildReaper.UNKNOWN + " by " + this + ": " + cause.getMessage());
        }
    }

    /** Hands an exit to the loop of its handler; returns false if there is none that could be told now. */
    final boolean report(long pid, int returncode) {
        Handler handler;
        EventLoop loop;
        synchronized (lock) {
            handler = handlers.get(pid);
            if (handler == null) {
                return false;
            }
            loop = loopOf(handler);
            if (loop == null) {
                return false;
            }
            handlers.remove(pid);
        }
        hand(loop, pid, returncode, handler.callback());
        return true;
    }

    /** Lets a loop call a callback. */
    final void hand(EventLoop loop, long pid, int returncode, ExitCallback callback) {
        try {
            loop.callSoonThreadsafe(() -> callback.exited(pid, returncode));
        } catch (LoopClosedException e) {
            WatcherLog.log(Level.WARNING, "loop \"" + loop.name() + "\" that handles process " + pid
                    + " is closed: return code "
                    + returncode + " is not reported; close a loop after its children have ended");
        }
    }

    /** Returns why a process cannot be registered as long as there is no loop. */
    final IllegalStateException notAttached(long pid) {
        return new IllegalStateException("Cannot add child handler of process " + pid
                + ", the child watcher does not have a loop attached: call attachLoop of " + this + " first");
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }

    /**
     * What waits for a process.
     *
     * @param loop on which it was registered; null if that does not matter
     */
    record Handler(ExitCallback callback, @Nullable EventLoop loop) {}
}
