package aio.core.kernel;

import aio.core.foreign.Guard;
import aio.core.foreign.Text;
import aio.loop.ExceptionContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Calls what users give: callbacks, protocols. A failure goes to the exception handler, a slow call is reported in debug
 * mode, and whoever finds the loop blocked is told by what. Loop thread, but for what is marked.
 */
public final class UserCalls {
    private static final Logger LOG = System.getLogger("aio.loop");

    private final String loopName;
    private final ErrorReports errors;
    private final Gauges gauges;
    private final ReadyQueue ready;
    private final ReadyQueue due;
    private volatile boolean debug;
    private volatile long slowNanos = 100_000_000; // asyncio's slow_callback_duration

    UserCalls(String loopName, ErrorReports errors, Gauges gauges, ReadyQueue ready, ReadyQueue due) {
        this.loopName = loopName;
        this.errors = errors;
        this.gauges = gauges;
        this.ready = ready;
        this.due = due;
    }

    /** Runs so many of a queue. */
    void run(ReadyQueue queue, int count) {
        if (count == 0) {
            return;
        }
        queue.running(true);
        try {
            for (int i = 0; i < count; i++) {
                try {
                    runOne(queue.first());
                } finally {
                    queue.removeFirst();
                }
            }
        } finally {
            queue.running(false);
        }
    }

    /** Runs a handle, or a callback that was scheduled without one; null if it was withdrawn. */
    private void runOne(@Nullable Object scheduled) {
        Runnable callback = callbackOf(scheduled);
        if (callback == null) {
            return;
        }
        long entered = debug ? System.nanoTime() : 0;
        try {
            if (scheduled instanceof ThreadsafeHandle handle) {
                handle.run();
            } else {
                callback.run();
            }
        } catch (Throwable failure) {
            Guard.rethrowExit(failure);
            ExceptionContext context = ExceptionContext.of("Exception in callback " + Text.of(callback), failure);
            errors.call(scheduled == callback ? context : context.with("handle", scheduled));
        } finally {
            if (entered != 0) {
                reportSlow(callback, System.nanoTime() - entered);
            }
        }
    }

    static @Nullable Runnable callbackOf(@Nullable Object scheduled) {
        return scheduled instanceof CoreHandle handle ? handle.callback() : (Runnable) scheduled;
    }

    /** Calls a callback that belongs to a descriptor, with the care that a handle gets. */
    public void call(Runnable callback) {
        gauges.entered(callback);
        try {
            runOne(new CoreHandle(callback));
        } finally {
            gauges.left();
        }
    }

    /** Runs a callback of the user that is not a handle of its own, such as one of a protocol, with the same care. */
    public void guarded(Object user, String failureMessage, Runnable callback, @Nullable Object transport) {
        long entered = enter(user);
        try {
            callback.run();
        } catch (Throwable failure) {
            Guard.rethrowExit(failure);
            ExceptionContext context = ExceptionContext.of(failureMessage, failure).with("protocol", user);
            errors.call(transport == null ? context : context.with("transport", transport));
        } finally {
            leave(user, entered);
        }
    }

    /** Notes which object of the user is about to be called: a blocked loop names it. {@link #leave} takes the answer. */
    public long enter(Object user) {
        gauges.entered(user);
        return debug ? System.nanoTime() : 0;
    }

    /** Notes that the call is over, and reports it if it was slow. */
    public void leave(Object user, long entered) {
        gauges.left();
        if (entered != 0) {
            reportSlow(user, System.nanoTime() - entered);
        }
    }

    private void reportSlow(Object callback, long nanos) {
        if (nanos >= slowNanos) {
            LOG.log(Level.WARNING, String.format(Locale.ROOT, "Executing %s took %.3f seconds (loop \"%s\")",
                    Text.of(callback), nanos / 1e9, loopName));
        }
    }

    /** Returns the object of the user that is being called right now, or null. Any thread. */
    public @Nullable Object current() {
        Object entered = gauges.current();
        if (entered != null) {
            return entered;
        }
        Runnable timer = callbackOf(due.running());
        return timer == null ? callbackOf(ready.running()) : timer;
    }

    /** Tells whether the debug mode is on. Any thread. */
    public boolean debug() {
        return debug;
    }

    /** Switches the debug mode. Any thread. */
    public void setDebug(boolean enabled) {
        debug = enabled;
    }

    /** Returns from when on a callback is slow. Any thread. */
    public long slowNanos() {
        return slowNanos;
    }

    /** Sets from when on a callback is slow. Any thread. */
    public void setSlowNanos(long nanos) {
        slowNanos = nanos;
    }
}
