package aio.core.signal;

import aio.core.foreign.CoreLog;
import aio.core.kernel.Kernel;
import aio.core.kernel.Unsupported;
import aio.loop.Feature;
import aio.loop.Handle;
import aio.loop.LoopClosedException;
import aio.process.ProcessSignal;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of signals: a signal is caught once for all loops of this core, as long as at least one of them has a
 * handler for it, and each of those is told. Any thread.
 */
public final class SignalTable {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final @Nullable SignalAccess access;
    private final Map<ProcessSignal, Caught> caught = new LinkedHashMap<>();

    /** One signal that is caught. */
    private record Caught(SignalAccess.Restore restore, Map<Kernel, Handler> handlers) {}

    /** The handler of one loop. */
    private static final class Handler implements Handle {
        private final Runnable callback;

        // Set by any thread; the thread that delivers a signal reads it, and removes a cancelled handler instead.
        private volatile boolean cancelled;

        Handler(Runnable callback) {
            this.callback = callback;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }

    /** Makes the table of this JVM. */
    public SignalTable() {
        this(SignalAccess.ofJvm().orElse(null));
    }

    SignalTable(@Nullable SignalAccess access) {
        this.access = access;
    }

    /** Tells whether signals can be handled at all. */
    public boolean isSupported() {
        return access != null;
    }

    private SignalAccess access(Kernel kernel) {
        if (access == null) {
            throw Unsupported.by(kernel, Feature.SIGNALS, "the package sun.misc (module jdk.unsupported) cannot be seen"
                    + " by the core, let the framework export it");
        }
        return access;
    }

    /** Sets the handler of a loop. */
    public Handle add(Kernel kernel, ProcessSignal signal, Runnable callback) {
        SignalAccess present = access(kernel);
        kernel.checkClosed();
        Handler handler = new Handler(callback);
        synchronized (caught) {
            Caught entry = caught.get(signal);
            if (entry == null) {
                entry = new Caught(take(present, signal), new LinkedHashMap<>());
                caught.put(signal, entry);
            }
            entry.handlers.put(kernel, handler);
        }
        if (kernel.isClosed()) { // since the check above
            remove(kernel, signal);
            kernel.checkClosed();
        }
        return handler;
    }

    private SignalAccess.Restore take(SignalAccess present, ProcessSignal signal) {
        try {
            return present.take(signal.name(), () -> deliver(signal));
        } catch (IllegalArgumentException e) {
            if (!present.exists(signal.name())) {
                throw new IllegalArgumentException("signal " + signal + " does not exist on this system: expected one"
                        + " such as SIGTERM", e);
            }
            throw new IllegalStateException("signal " + signal + " cannot be caught: the system does not allow it, or"
                    + " the JVM uses it itself; take another one, such as SIGTERM or SIGUSR1", e);
        }
    }

    private void deliver(ProcessSignal signal) {
        Map<Kernel, Handler> handlers;
        synchronized (caught) {
            Caught entry = caught.get(signal);
            handlers = entry == null ? Map.of() : new LinkedHashMap<>(entry.handlers);
        }
        handlers.forEach((kernel, handler) -> deliver(signal, kernel, handler));
    }

    private void deliver(ProcessSignal signal, Kernel kernel, Handler handler) {
        if (handler.cancelled()) {
            removeIf(signal, kernel, present -> present == handler);
            return;
        }
        try {
            kernel.callSoonThreadsafe(handler.callback);
        } catch (LoopClosedException e) {
            LOG.log(Level.DEBUG, "signal " + signal + " came while the loop was closed", e);
        }
    }

    /** Removes the handler of a loop; returns false if there was none. */
    public boolean remove(Kernel kernel, ProcessSignal signal) {
        access(kernel);
        return removeIf(signal, kernel, present -> true);
    }

    private boolean removeIf(ProcessSignal signal, Kernel kernel, Predicate<Handler> chosen) {
        synchronized (caught) {
            Caught entry = caught.get(signal);
            Handler present = entry == null ? null : entry.handlers.get(kernel);
            if (entry == null || present == null || !chosen.test(present)) {
                return false;
            }
            entry.handlers.remove(kernel);
            if (entry.handlers.isEmpty()) {
                caught.remove(signal);
                entry.restore.run();
            }
            return true;
        }
    }

    /** Removes the handlers of a loop whose callbacks match. */
    public void withdraw(Kernel kernel, Predicate<Object> belongs) {
        List<ProcessSignal> signals;
        synchronized (caught) {
            signals = new ArrayList<>(caught.keySet());
        }
        signals.forEach(signal -> removeIf(signal, kernel, handler -> belongs.test(handler.callback)));
    }

    /** Removes all handlers of a loop. */
    public void closed(Kernel kernel) {
        withdraw(kernel, callback -> true);
    }

    /** Removes the handlers of all loops, including those that do not end. */
    public void close() {
        synchronized (caught) {
            caught.values().forEach(entry -> entry.restore.run());
            caught.clear();
        }
    }
}
