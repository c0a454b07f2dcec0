package aio.core.kernel;

import aio.loop.ExceptionContext;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports failures that no code looked at to the exception handler, when their future becomes unreachable. The loop
 * itself asks the reference queue once a turn: no thread is needed. Loop thread, except for {@link #watch}.
 */
final class Unretrieved {
    private final Kernel kernel;
    private final ReferenceQueue<CoreFuture<?>> queue = new ReferenceQueue<>();
    private final Set<Failure> watched = ConcurrentHashMap.newKeySet();

    Unretrieved(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Remembers a failure until some code looks at it. Any thread. */
    Failure watch(CoreFuture<?> future, Throwable cause) {
        Failure failure = new Failure(future, cause, queue);
        watched.add(failure);
        return failure;
    }

    /** Some code has looked at a failure. Any thread. */
    void retrieved(Failure failure) {
        watched.remove(failure);
    }

    /** Tells of each failure that no code has looked at yet. Any thread. */
    void tell(BiConsumer<String, Throwable> telling) {
        watched.forEach(failure -> telling.accept(failure.text, failure.cause));
    }

    void report() {
        if (watched.isEmpty()) {
            return;
        }
        for (Object dead = queue.poll(); dead != null; dead = queue.poll()) {
            Failure failure = (Failure) dead;
            if (watched.remove(failure)) {
                kernel.callExceptionHandler(ExceptionContext.of(
                                failure.kind + " exception was never retrieved", failure.cause)
                        .with(failure.kind.equals("Task") ? "task" : "future", failure.text));
            }
        }
    }

    /** A failure, with what is known of its future once the future is gone. */
    static final class Failure extends PhantomReference<CoreFuture<?>> {
        private final Throwable cause;
        private final String text;
        private final String kind;

        Failure(CoreFuture<?> future, Throwable cause, @Nullable ReferenceQueue<CoreFuture<?>> queue) {
            super(future, queue);
            this.cause = cause;
            this.text = future.textWhenFailed(cause); // the future is about to be
            this.kind = future instanceof CoreTask ? "Task" : "Future";
        }
    }
}
