package aio.core.kernel;

import aio.loop.ExceptionContext;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reports failures that nobody looked at, when their future becomes unreachable, to the exception handler. The loop
 * asks the reference queue itself once a turn: no thread is needed. Loop thread, but for {@link #watch}.
 */
final class Unretrieved {
    private final Kernel kernel;
    private final ReferenceQueue<CoreFuture<?>> queue = new ReferenceQueue<>();
    private final Set<Failure> watched = ConcurrentHashMap.newKeySet();

    Unretrieved(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Remembers a failure until somebody looks at it. Any thread. */
    Failure watch(CoreFuture<?> future, Throwable cause) {
        Failure failure = new Failure(future, cause, queue);
        watched.add(failure);
        return failure;
    }

    /** Somebody looked. Any thread. */
    void retrieved(Failure failure) {
        watched.remove(failure);
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

    /** A failure, with what is known of its future once that is gone. */
    static final class Failure extends PhantomReference<CoreFuture<?>> {
        private final Throwable cause;
        private final String text;
        private final String kind;

        Failure(CoreFuture<?> future, Throwable cause, @Nullable ReferenceQueue<CoreFuture<?>> queue) {
            super(future, queue);
            this.cause = cause;
            this.text = future.toString();
            this.kind = future instanceof CoreTask ? "Task" : "Future";
        }
    }
}
