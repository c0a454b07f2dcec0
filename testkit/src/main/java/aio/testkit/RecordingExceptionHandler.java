package aio.testkit;

import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.ExceptionHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Keeps what a loop reports. Thread safety: any thread. */
public final class RecordingExceptionHandler implements ExceptionHandler {
    private final List<ExceptionContext> contexts = new CopyOnWriteArrayList<>();

    /** Makes one and sets it on a loop. */
    public static RecordingExceptionHandler on(EventLoop loop) {
        RecordingExceptionHandler handler = new RecordingExceptionHandler();
        loop.setExceptionHandler(handler);
        return handler;
    }

    @Override
    public void handle(EventLoop loop, ExceptionContext context) {
        contexts.add(context);
    }

    /** Returns what was reported, the latest last. */
    public List<ExceptionContext> contexts() {
        return List.copyOf(contexts);
    }

    /** Returns the exceptions that were reported, the latest last. */
    public List<Throwable> exceptions() {
        return contexts.stream()
                .filter(context -> context.exception() != null)
                .map(ExceptionContext::exception)
                .collect(Collectors.toList());
    }
}
