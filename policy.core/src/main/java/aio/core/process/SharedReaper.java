package aio.core.process;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Wall;
import aio.core.foreign.WatcherCalls;
import aio.core.thread.CoreExecutor;
import aio.core.thread.CoreThreads;
import aio.policy.ChildWatcher;
import aio.policy.ChildWatcher.ExitCallback;
import aio.process.ProcessGoneException;
import aio.process.watcher.ChildReaper;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Knows the children that this core has started, and when they end. It relies on {@link Process#onExit}; only the
 * thread that has started a child may wait for it a moment, and only one thread at a time. Users' callbacks run one
 * after the other on a thread that exists only while there are some, never on one of the JDK. Any thread; no user code
 * is called under its lock.
 */
public final class SharedReaper implements ChildReaper, AutoCloseable {
    private static final CoreLog LOG = CoreLog.LOOP;

    /** The number of exit codes kept for late registrations; more than can come between a start and a registration. */
    private static final int KEPT_EXITS = 1024;

    private static final long IDLE_NANOS = 2_000_000_000;

    /** How long the thread that has started a child may wait for it; a start takes 1 to 3 ms. */
    private static final int SHORT_LIFE_MILLIS = 10;

    /** A listener to exits; its failure is not the core's. */
    @FunctionalInterface
    private interface Told {
        void ended(long pid, int returncode);
    }

    private final Object lock = new Object();
    private final Map<Long, Watched> running = new HashMap<>();
    private final Map<Long, Integer> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > KEPT_EXITS;
        }
    };
    private final Set<ReaperWatcher> watchers = Collections.newSetFromMap(new WeakHashMap<>());
    private final List<Told> listeners = new CopyOnWriteArrayList<>();
    private final CoreExecutor reports = new CoreExecutor("aio-reaper", 1, IDLE_NANOS);
    private final AtomicBoolean waiting = new AtomicBoolean(); // admits one thread to the short wait
    private boolean closed;

    /** Makes a watcher that this reaper informs. */
    public ChildWatcher newWatcher() {
        ReaperWatcher watcher = new ReaperWatcher(this);
        synchronized (lock) {
            if (closed) {
                watcher.close();
            } else {
                watchers.add(watcher);
            }
        }
        return watcher;
    }

    @Override
    public void register(Process process) {
        synchronized (lock) {
            Watched known = running.get(process.pid());
            if (known != null && known.process == process) {
                return;
            }
        }
        tellWhenItEnds(note(process, null));
    }

    @Override
    public OptionalInt poll(long pid) {
        synchronized (lock) {
            if (running.containsKey(pid)) {
                return OptionalInt.empty();
            }
            Integer code = ended.get(pid);
            if (code != null) {
                return OptionalInt.of(code);
            }
        }
        throw unknown(pid);
    }

    @Override
    public int await(long pid) throws InterruptedException {
        CompletableFuture<Integer> end;
        synchronized (lock) {
            Watched child = running.get(pid);
            Integer code = ended.get(pid);
            if (child == null && code == null) {
                throw unknown(pid);
            }
            end = child == null ? CompletableFuture.completedFuture(code) : child.end;
        }
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("process " + pid + " is not waited for any more", e.getCause());
        }
    }

    @Override
    public Listening onExit(ExitListener listener) {
        Told own = (pid, code) -> WatcherCalls.ended(LOG, listener, pid, code); // the same listener may be added twice
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    @Override
    public Thread newThread(String name, Runnable work) {
        return CoreThreads.newThread(name, work);
    }

    @Override
    public boolean isOpen() {
        synchronized (lock) {
            return !closed;
        }
    }

    private static ProcessGoneException unknown(long pid) {
        return new ProcessGoneException("process " + pid + (pid > 0 && ProcessHandle.of(pid).isPresent()
                ? " was neither started by a loop nor registered with ChildReaper"
                : " ended long ago, or never was, or was not registered with ChildReaper"));
    }

    /** Forgets everything; its watchers become inactive. Children are left alone. Idempotent. */
    @Override
    public void close() {
        List<ReaperWatcher> open;
        List<Watched> left;
        synchronized (lock) {
            closed = true;
            left = new ArrayList<>(running.values());
            running.clear();
            ended.clear();
            open = new ArrayList<>(watchers);
            watchers.clear();
        }
        listeners.clear();
        left.forEach(child -> child.end.completeExceptionally(
                new IllegalStateException("the core stops, and learns no more exits")));
        open.forEach(ReaperWatcher::close);
        reports.shutdown();
    }

    private void tellWhenItEnds(Watched child) {
        child.process.onExit().thenAccept(gone -> ended(child));
    }

    /**
     * Takes note of a child that this thread has just started. {@code owner} is called first, and must be quick. The
     * caller must run the action that this returns; nothing is reported before. That action waits a moment if no other
     * thread does: most children are short, and on small machines the JDK starts a thread to report an exit.
     */
    Runnable register(Process process, ExitCallback owner) {
        Watched child = note(process, owner);
        return () -> {
            if (endsSoon(process)) {
                ended(child);
            } else {
                tellWhenItEnds(child);
            }
        };
    }

    private boolean endsSoon(Process process) {
        if (!waiting.compareAndSet(false, true)) {
            return false; // several starts in a row would each hold a thread
        }
        try {
            return process.waitFor(SHORT_LIFE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.set(false);
        }
    }

    private Watched note(Process process, @Nullable ExitCallback owner) {
        Watched child = new Watched(process, owner);
        synchronized (lock) {
            if (!closed) {
                ended.remove(process.pid());
                running.put(process.pid(), child);
            }
        }
        return child;
    }

    /** Notes a signal before it is sent, so that the exit status can be told for certain. */
    void signalled(Process process, int signal) {
        synchronized (lock) {
            Watched child = running.get(process.pid());
            if (child != null && child.process == process) {
                child.sent |= ExitStatus.bit(signal);
            }
        }
    }

    /** Kills the children that have an owner: those of loops. */
    void killOwned() {
        List<Watched> owned;
        synchronized (lock) {
            owned = new ArrayList<>(running.values());
        }
        owned.stream().filter(child -> child.owner != null).forEach(child -> Wall.run(LOG, Level.WARNING,
                "process " + child.process.pid() + " could not be killed, the others are",
                () -> child.process.toHandle().destroyForcibly()));
    }

    /** Lets {@code watcher} be told of an exit; soon, if the child has ended already. */
    void watch(long pid, ReaperWatcher watcher) {
        OptionalInt known = OptionalInt.empty();
        synchronized (lock) {
            Watched child = running.get(pid);
            if (child != null) {
                child.watchers.add(watcher);
                return;
            }
            Integer code = ended.get(pid);
            if (code != null) {
                known = OptionalInt.of(code);
            }
        }
        if (known.isPresent()) {
            report(watcher, pid, known.getAsInt());
        } else {
            watchForeign(pid, watcher);
        }
    }

    private void watchForeign(long pid, ReaperWatcher watcher) {
        String seen = pid > 0 && ProcessHandle.of(pid).isPresent()
                ? "was not started by a loop"
                : "is unknown: it ended long ago, or never was";
        Runnable report = () -> {
            if (watcher.isWatching(pid)) {
                LOG.log(Level.WARNING, "process " + pid + " " + seen
                        + ", so its exit status is unknown and reported as "
                        + UNKNOWN + ": register children that a loop started");
            }
            report(watcher, pid, UNKNOWN);
        };
        if (pid > 0) {
            ProcessHandle.of(pid).ifPresentOrElse(handle -> handle.onExit().thenRun(report), report);
        } else {
            report.run();
        }
    }

    private void ended(Watched child) {
        int code;
        List<ReaperWatcher> told;
        long pid = child.process.pid();
        synchronized (lock) {
            code = ExitStatus.returncode(child.process.exitValue(), child.sent);
            if (!closed && running.remove(pid, child)) {
                ended.put(pid, code);
            }
            told = List.copyOf(child.watchers);
            child.watchers.clear();
        }
        if (child.owner != null) {
            WatcherCalls.exited(LOG, child.owner, pid, code);
        }
        child.end.complete(code);
        listeners.forEach(listener -> listener.ended(pid, code));
        told.forEach(watcher -> report(watcher, pid, code));
    }

    private void report(ReaperWatcher watcher, long pid, int code) {
        try {
            reports.execute(() -> watcher.exited(pid, code));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the exit of process " + pid + " is not reported: the reaper is closed", e);
        }
    }

    /** A running child; its mutable state is guarded by the lock of the reaper. */
    private static final class Watched {
        private final Process process;
        private final @Nullable ExitCallback owner;
        private final Set<ReaperWatcher> watchers = new LinkedHashSet<>();
        private final CompletableFuture<Integer> end = new CompletableFuture<>();
        private long sent;

        Watched(Process process, @Nullable ExitCallback owner) {
            this.process = process;
            this.owner = owner;
        }
    }
}
