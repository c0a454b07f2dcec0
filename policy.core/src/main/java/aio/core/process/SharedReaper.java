package aio.core.process;

import aio.core.thread.CoreThreads;
import aio.process.ChildWatcher;
import aio.process.ChildWatcher.ExitCallback;
import java.lang.System.Logger;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Knows the children that this core started, and when they end. It rests on {@link Process#onExit} and needs no thread to
 * wait; users' callbacks run one after the other on a thread that exists only while there are some, never on one of the
 * JDK. Any thread; no user code is called under its lock.
 */
public final class SharedReaper implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SharedReaper.class.getName());

    /** So many exit codes are kept for those who ask late; more than anybody has between a start and a registration. */
    private static final int KEPT_EXITS = 1024;

    private static final int IDLE_SECONDS = 2;

    private final Object lock = new Object();
    private final Map<Long, Child> running = new HashMap<>();
    private final Map<Long, Integer> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > KEPT_EXITS;
        }
    };
    private final Set<ReaperWatcher> watchers = Collections.newSetFromMap(new WeakHashMap<>());
    private final ThreadPoolExecutor reports;
    private boolean closed;

    public SharedReaper() {
        reports = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                work -> CoreThreads.newThread("aio-reaper", work));
        reports.allowCoreThreadTimeOut(true);
    }

    /** Makes a watcher that is told by this reaper. */
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

    /** Takes note of a child that was started. */
    public void register(Process process) {
        register(process, null);
    }

    /** Forgets everything; its watchers are not active any more. Children are left alone. Idempotent. */
    @Override
    public void close() {
        List<ReaperWatcher> open;
        synchronized (lock) {
            closed = true;
            running.clear();
            ended.clear();
            open = new ArrayList<>(watchers);
            watchers.clear();
        }
        open.forEach(ReaperWatcher::close);
        reports.shutdown();
    }

    /** Takes note of a child; {@code owner} is called first, on a thread of the JDK, and must be quick. */
    void register(Process process, @Nullable ExitCallback owner) {
        Child child = new Child(process, owner);
        synchronized (lock) {
            if (!closed) {
                ended.remove(process.pid());
                running.put(process.pid(), child);
            }
        }
        process.onExit().thenAccept(gone -> ended(child));
    }

    /** Takes note of a signal before it is sent, so that the exit status can be told for certain. */
    void signalled(Process process, int signal) {
        synchronized (lock) {
            Child child = running.get(process.pid());
            if (child != null && child.process == process) {
                child.sent |= ExitStatus.bit(signal);
            }
        }
    }

    /** Lets {@code watcher} be told of an exit, soon if it was already. */
    void watch(long pid, ReaperWatcher watcher) {
        OptionalInt known = OptionalInt.empty();
        synchronized (lock) {
            Child child = running.get(pid);
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
                LOG.log(Level.WARNING, "process " + pid + " " + seen + ", so its exit status is unknown and reported as "
                        + ExitStatus.UNKNOWN + ": register children that a loop started");
            }
            report(watcher, pid, ExitStatus.UNKNOWN);
        };
        if (pid > 0) {
            ProcessHandle.of(pid).ifPresentOrElse(handle -> handle.onExit().thenRun(report), report);
        } else {
            report.run();
        }
    }

    private void ended(Child child) {
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
        try {
            if (child.owner != null) {
                child.owner.exited(pid, code);
            }
        } finally {
            told.forEach(watcher -> report(watcher, pid, code));
        }
    }

    private void report(ReaperWatcher watcher, long pid, int code) {
        try {
            reports.execute(() -> watcher.exited(pid, code));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the exit of process " + pid + " is not reported: the reaper is closed", e);
        }
    }

    /** A child that runs; its mutable state is guarded by the lock of the reaper. */
    private static final class Child {
        private final Process process;
        private final @Nullable ExitCallback owner;
        private final Set<ReaperWatcher> watchers = new LinkedHashSet<>();
        private long sent;

        Child(Process process, @Nullable ExitCallback owner) {
            this.process = process;
            this.owner = owner;
        }
    }
}
