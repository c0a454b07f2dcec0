package aio.core.foreign;

import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls what users give to one loop: callbacks here, protocols through the other classes of this package. A failure
 * goes to the exception handler, a slow call is reported in debug mode, and a blocked loop can be asked what it calls.
 * Only a {@link aio.loop.LoopExit} gets through. Loop thread, except where stated.
 */
public final class UserCalls {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final VarHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(UserCalls.class, "current", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String loopName;
    private final LoopTime time;
    private final ErrorReports errors;

    // Settings: written by any thread, read by the loop at each call; they publish nothing else.
    private volatile boolean debug;
    private volatile long slowNanos = 100_000_000; // asyncio's slow_callback_duration

    /** Written around every call of a protocol, so without the fences of a volatile field: see {@link #entered}. */
    private @Nullable Object current;

    /** Makes the calls for one loop. */
    public UserCalls(EventLoop loop, String loopName, LoopTime time) {
        this.loopName = loopName;
        this.time = time;
        this.errors = new ErrorReports(loop);
    }

    /** Returns what calls the exception handler. Any thread. */
    public ErrorReports errors() {
        return errors;
    }

    // ---- callbacks

    /**
     * Runs a callback that was scheduled.
     *
     * @param scheduled its handle, or the callback itself
     */
    public void run(Runnable callback, Object scheduled) {
        long entered = debug ? moment() : 0;
        try {
            callback.run();
        } catch (Throwable failure) {
            failed(callback, scheduled, failure);
        } finally {
            if (entered != 0) {
                reportSlow(callback, moment() - entered);
            }
        }
    }

    /** Runs a callback that belongs to a descriptor. */
    public void call(Runnable callback) {
        entered(callback);
        try {
            run(callback, callback);
        } finally {
            left();
        }
    }

    private void failed(Runnable callback, Object scheduled, Throwable failure) {
        Guard.rethrowExit(failure);
        errors.report(() -> {
            ExceptionContext context = ExceptionContext.of("Exception in callback " + Text.of(callback), failure);
            return scheduled == callback ? context : context.with("handle", scheduled);
        });
    }

    // ---- other code of a user

    /**
     * Does something that calls code of a user, such as a factory.
     *
     * @param user the object that the report of a blocked loop names
     * @throws ForeignFailure if anything but a {@link aio.loop.LoopExit} is thrown
     */
    public <T> T attempt(Object user, Callable<T> work) throws ForeignFailure {
        long entered = enter(user);
        try {
            return work.call();
        } catch (Throwable failure) {
            Guard.rethrowExit(failure);
            throw new ForeignFailure(failure);
        } finally {
            leave(user, entered);
        }
    }

    /** Asks a factory of a user for a protocol; inside {@link #attempt}. */
    public static <P> P made(Supplier<P> factory) {
        P protocol = factory.get();
        if (protocol == null) {
            throw new NullPointerException("the protocol factory " + Text.ofClass(factory.getClass())
                    + " returned null: expected a new protocol");
        }
        MadeAt.inherit(factory, protocol);
        return protocol;
    }

    /** Notes in debug mode who makes something, or gives what will make it, and returns it. Any thread. */
    public <T extends @Nullable Object> T noted(T made) {
        if (debug && made != null) {
            MadeAt.note(made);
        }
        return made;
    }

    /** Calls a method of a protocol whose failure ends nothing. */
    void guarded(Object user, String failureMessage, Runnable call, @Nullable Object transport) {
        long entered = enter(user);
        try {
            call.run();
        } catch (Throwable failure) {
            failed(user, failureMessage, transport, failure);
        } finally {
            leave(user, entered);
        }
    }

    /** Reports a failure of a protocol. */
    void failed(Object user, String failureMessage, @Nullable Object transport, Throwable failure) {
        Guard.rethrowExit(failure);
        errors.report(() -> {
            ExceptionContext context = ExceptionContext.of(failureMessage, failure).with("protocol", user);
            return transport == null ? context : context.with("transport", transport);
        });
    }

    /**
     * Notes which object of the user is about to be called, for the report of a blocked loop. {@link #leave} takes the
     * result.
     */
    public long enter(Object user) {
        entered(user);
        return debug ? moment() : 0;
    }

    /** Notes that the call is over, and reports it if it was slow. */
    public void leave(Object user, long entered) {
        left();
        if (entered != 0) {
            reportSlow(user, moment() - entered);
        }
    }

    private void entered(Object user) {
        CURRENT.setRelease(this, user); // pairs with getAcquire in current(): that thread sees the object whole
    }

    private void left() {
        CURRENT.setOpaque(this, null);
    }

    /**
     * Returns the object of the user that is being called right now, or null; of callbacks the loop knows. Any thread.
     */
    public @Nullable Object current() {
        return CURRENT.getAcquire(this);
    }

    /** Never returns 0, which means that nothing is measured. */
    private long moment() {
        return time.now() + 1;
    }

    private void reportSlow(Object callback, long nanos) {
        if (nanos >= slowNanos) {
            LOG.log(Level.WARNING,
                    String.format(Locale.ROOT, "Executing %s took %.3f seconds (loop \"%s\")",
                    Text.of(callback), nanos / 1e9, loopName), null);
        }
    }

    // ---- settings, any thread

    /** Tells whether the debug mode is on. */
    public boolean debug() {
        return debug;
    }

    /** Switches the debug mode. */
    public void setDebug(boolean enabled) {
        debug = enabled;
    }

    /** Returns the duration from which on a callback counts as slow. */
    public long slowNanos() {
        return slowNanos;
    }

    /** Sets the duration from which on a callback counts as slow. */
    public void setSlowNanos(long nanos) {
        slowNanos = nanos;
    }
}
