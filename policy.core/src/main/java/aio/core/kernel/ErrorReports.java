package aio.core.kernel;

import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.ExceptionHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The exception handler of a loop, and what stands behind it. Loop thread; the handler itself: any thread. */
final class ErrorReports {
    private static final Logger LOG = System.getLogger("aio.loop");

    private final EventLoop loop;
    private volatile @Nullable ExceptionHandler handler;

    ErrorReports(EventLoop loop) {
        this.loop = loop;
    }

    void setHandler(@Nullable ExceptionHandler handler) {
        this.handler = handler;
    }

    @Nullable ExceptionHandler handler() {
        return handler;
    }

    void logDefault(ExceptionContext context) {
        String message = context.message();
        StringBuilder text = new StringBuilder(message == null ? "Unhandled exception in event loop" : message);
        for (Map.Entry<String, Object> entry : context.asMap().entrySet()) {
            if (!entry.getKey().equals(ExceptionContext.MESSAGE) && !entry.getKey().equals(ExceptionContext.EXCEPTION)) {
                text.append('\n').append(entry.getKey()).append(": ").append(entry.getValue());
            }
        }
        text.append("\nloop: ").append(loop.name());
        LOG.log(Level.ERROR, text.toString(), context.exception());
    }

    void call(ExceptionContext context) {
        ExceptionHandler present = handler;
        if (present == null) {
            callDefault(context);
            return;
        }
        try {
            present.handle(loop, context);
        } catch (Throwable failure) {
            Guard.rethrowFatal(failure);
            callDefault(ExceptionContext.of("Unhandled error in exception handler", failure).with("context", context));
        }
    }

    private void callDefault(ExceptionContext context) {
        try {
            loop.defaultExceptionHandler(context);
        } catch (Throwable failure) {
            Guard.rethrowFatal(failure);
            LOG.log(Level.ERROR, "Exception in default exception handler of loop \"" + loop.name()
                    + "\" while handling an unexpected error", failure);
        }
    }
}
