package aio.bridge;

import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import org.osgi.util.promise.Promise;
import org.osgi.util.promise.PromiseFactory;

/**
 * OSGi promises on loops. Thread safety: any thread. Asyncio has none of them; {@code asyncio.wrap_future} and
 * {@code run_coroutine_threadsafe} come closest.
 */
public final class Promises {
    private Promises() {}

    /**
     * Returns a factory of promises. Their callbacks run on the loop, after what was scheduled before, and never inside
     * the call that resolves the promise. Their delays and timeouts are timers of the loop.
     *
     * <p>Callbacks that become ready after the loop was closed do not run.
     */
    public static PromiseFactory on(EventLoop loop) {
        return new PromiseFactory(
                loop, loop.asScheduledExecutor(), PromiseFactory.Option.CALLBACKS_EXECUTOR_THREAD);
    }

    /** Returns a promise that ends as the future does. Its callbacks run on the loop of the future. */
    public static <T> Promise<T> toPromise(LoopFuture<T> future) {
        return on(future.getLoop()).resolvedWith(future);
    }

    /** Returns a future of the loop that ends as the promise does. Cancelling the future leaves the promise alone. */
    public static <T> LoopFuture<T> toFuture(EventLoop loop, Promise<T> promise) {
        return loop.wrapFuture(promise.toCompletionStage());
    }
}
