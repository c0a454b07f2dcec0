package aio.core.foreign;

import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.ExceptionHandler;
import aio.loop.LoopExit;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The exception handler of a loop, and the default one. Loop thread; the handler itself: any thread. */
public final class ErrorReports {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final EventLoop loop;
    private volatile @Nullable ExceptionHandler handler; // written by any thread, read by the loop at each failure

    ErrorReports(EventLoop loop) {
        this.loop = loop;
    }

    /** Sets the handler, null for the default one. */
    public void setHandler(@Nullable ExceptionHandler handler) {
        this.handler = handler;
    }

    /** Returns the handler that was set, or null. */
    public @Nullable ExceptionHandler handler() {
        return handler;
    }

    /** Logs a context as the default handler does. */
    public void logDefault(ExceptionContext context) {
        Map<String, Object> values = context.asMap();
        Object message = values.get(ExceptionContext.MESSAGE); // of any type: a user may have made the context
        Throwable failure = values.get(ExceptionContext.EXCEPTION) instanceof Throwable thrown ? thrown : null;
        StringBuilder text = new StringBuilder(message == null
                ? "Unhandled exception in event loop" : Text.of(message));
        values.forEach((key, value) -> {
            if (value != message && value != failure) {
                text.append('\n').append(Text.clean(key)).append(": ").append(Text.of(value));
            }
        });
        text.append("\nloop: ").append(Text.clean(loop.name()));
        LOG.log(Level.ERROR, text.toString(), failure);
    }

    /** Calls the handler; only a {@link LoopExit} of it gets through. */
    public void call(ExceptionContext context) {
        ExceptionHandler present = handler;
        if (present == null) {
            callDefault(context);
            return;
        }
        try {
            present.handle(loop, context);
        } catch (Throwable failure) {
            Guard.rethrowExit(failure);
            callDefault(ExceptionContext.of("Unhandled error in exception handler", failure).with("context", context));
        }
    }

    /**
     * Calls the handler in the middle of an operation of the core, which is not left half-way: a {@link LoopExit} of
     * the handler is thrown by a callback.
     *
     * @param soon schedules that callback
     */
    public void callAside(ExceptionContext context, Consumer<Runnable> soon) {
        try {
            call(context);
        } catch (LoopExit exit) {
            String lost = "loop \"" + loop.name() + "\" cannot be left any more, as its exception handler asks for:"
                    + " " + Text.of(exit);
            Wall.run(LOG, Level.WARNING, lost, () -> soon.accept(() -> {
                throw exit;
            }));
        }
    }

    private void callDefault(ExceptionContext context) {
        try {
            loop.defaultExceptionHandler(context);
        } catch (Throwable failure) {
            Guard.rethrowExit(failure);
            defaultFailed(failure);
        }
    }

    private void defaultFailed(Throwable failure) {
        LOG.log(Level.ERROR, "Exception in default exception handler of loop \"" + loop.name()
                + "\" while handling an unexpected error", failure);
    }

    /** Makes a context and calls the handler with it; a context that cannot be made fails this report alone. */
    void report(Supplier<ExceptionContext> context) {
        try {
            call(context.get());
        } catch (Throwable failure) {
            Guard.rethrowExit(failure);
            withoutContext(failure);
        }
    }

    private void withoutContext(Throwable failure) {
        try {
            defaultFailed(failure);
        } catch (Throwable broken) {
            // no memory to report that there is none: the loop continues, and the next failure is reported
        }
    }
}
