package aio.testkit.junit;

import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.ExceptionHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The exception handler of a test's loop: remembers what it is told, and logs it as usual. Any thread. */
final class Told implements ExceptionHandler {
    private final List<ExceptionContext> all = new CopyOnWriteArrayList<>();

    @Override
    public void handle(EventLoop loop, ExceptionContext context) {
        all.add(context);
        loop.defaultExceptionHandler(context);
    }

    void lookAt(Leftovers left) {
        for (ExceptionContext context : all) {
            Throwable failure = context.exception();
            String text = "a failure that only the exception handler was told: " + context.message();
            if (failure == null) {
                left.add(text, List.of());
            } else {
                left.add(text + ": " + failure, List.of(failure.getStackTrace()));
            }
        }
    }
}
