package aio.testkit.process;

import aio.process.ProcessGoneException;
import aio.process.watcher.ChildReaper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A reaper without processes: a test says which children there are, when they end, and when that is signalled. Any
 * thread.
 */
final class ScriptedReaper implements ChildReaper {
    private final Map<Long, OptionalInt> children = new HashMap<>();
    private final Map<Long, Integer> unsignalled = new LinkedHashMap<>();
    private final List<ExitListener> listeners = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();
    private @Nullable RuntimeException failure;
    private volatile boolean threadless;

    /** A child has started. */
    synchronized void start(long pid) {
        children.put(pid, OptionalInt.empty());
    }

    /** A child ends; listeners are told with the next signal, those that wait for it at once. */
    synchronized void end(long pid, int returncode) {
        children.put(pid, OptionalInt.of(returncode));
        unsignalled.put(pid, returncode);
        notifyAll();
    }

    /** Other code has taken the exit status of a child. */
    synchronized void reapElsewhere(long pid) {
        children.remove(pid);
        unsignalled.remove(pid);
        notifyAll();
    }

    /** Tells the listeners which children ended since the last signal. */
    void signal() {
        Map<Long, Integer> ended;
        synchronized (this) {
            ended = new LinkedHashMap<>(unsignalled);
            unsignalled.clear();
        }
        listeners.forEach(listener -> ended.forEach(listener::ended));
    }

    /** From now on, watching a child fails, or works again. */
    synchronized void failWith(@Nullable RuntimeException thrown) {
        failure = thrown;
    }

    /** From now on, no thread that it makes can be started, or each can. */
    void threadless(boolean value) {
        threadless = value;
    }

    int listeners() {
        return listeners.size();
    }

    /** Returns the names of the threads that were made. */
    List<String> threads() {
        return new ArrayList<>(threads);
    }

    @Override
    public void register(Process child) {
        throw new UnsupportedOperationException("there are no real children here");
    }

    @Override
    public synchronized OptionalInt poll(long pid) {
        if (failure != null) {
            throw failure;
        }
        OptionalInt code = children.get(pid);
        if (code == null) {
            throw new ProcessGoneException("process " + pid + " is not in the script");
        }
        return code;
    }

    @Override
    public synchronized int await(long pid) throws InterruptedException {
        OptionalInt code = poll(pid);
        while (code.isEmpty()) {
            wait();
            code = poll(pid);
        }
        return code.getAsInt();
    }

    @Override
    public Listening onExit(ExitListener listener) {
        if (failure != null) {
            throw failure;
        }
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Thread newThread(String name, Runnable work) {
        threads.add(name);
        Thread thread = new Thread(work, name) {
            @Override
            public synchronized void start() {
                if (threadless) {
                    throw new OutOfMemoryError("unable to create native thread: planted");
                }
                super.start();
            }
        };
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
