package aio.core.kernel;

import aio.core.foreign.FailureLog;
import aio.core.foreign.Guard;
import aio.core.foreign.Text;
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
        Map<String, Object> values = context.asMap();
        Object message = values.get(ExceptionContext.MESSAGE);
        Throwable failure = values.get(ExceptionContext.EXCEPTION) instanceof Throwable thrown ? thrown : null;
        StringBuilder text = new StringBuilder(message == null ? "Unhandled exception in event loop" : Text.of(message));
        values.forEach((key, value) -> {
            if (value != message && value != failure) {
                text.append('\n').append(Text.clean(key)).append(": ").append(Text.of(value));
            }
        });
        text.append("\nloop: ").append(Text.clean(loop.name()));
        FailureLog.log(LOG, Level.ERROR, text.toString(), failure);
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
            Guard.rethrowExit(failure);
            callDefault(ExceptionContext.of("Unhandled error in exception handler", failure).with("context", context));
        }
    }

    private void callDefault(ExceptionContext context) {
        try {
            loop.defaultExceptionHandler(context);
        } catch (Throwable failure) {
            Guard.rethrowExit(failure);
            FailureLog.log(LOG, Level.ERROR, "Exception in default exception handler of loop \"" + loop.name()
                    + "\" while handling an unexpected error", failure);
        }
    }
}
