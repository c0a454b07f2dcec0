package aio.loop;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A result to come, bound to a loop, as {@code asyncio.Future}. Whatever depends on it (done callbacks, dependent
 * stages) runs on the loop, in the order of registration, through {@code callSoon}: never inside the call that
 * completes it and never on another thread. The {@code …Async} methods of {@link CompletionStage} without an executor
 * run on the loop too; stages made from it are loop futures.
 *
 * <p>Once its loop is closed a future can still be completed and asked, but nothing that depends on it runs any more; a
 * thread that waits for it is woken with {@link LoopClosedException}.
 *
 * <p>Thread safety: any thread may read, complete, cancel and register. Waiting ({@link #join}, {@link #get}) on the
 * thread that runs the loop is refused with {@link IllegalStateException} unless the future is done. Implemented by the
 * loop.
 *
 * @param <T> the type of the result
 */
@ProviderType
public interface LoopFuture<T> extends CompletionStage<T>, Future<T> {

    /** Returns the loop this future is bound to. */
    EventLoop getLoop();

    /**
     * Returns the result.
     *
     * @throws InvalidStateException if the future is not done
     * @throws java.util.concurrent.CancellationException if it was cancelled
     * @throws java.util.concurrent.CompletionException around a checked failure; an unchecked one is thrown itself
     */
    @Nullable T result();

    /**
     * Returns the failure, or null if there is none.
     *
     * @throws InvalidStateException if the future is not done
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    @Nullable Throwable exception();

    /**
     * Completes with a result.
     *
     * @throws InvalidStateException if the future is done already
     */
    void setResult(@Nullable T result);

    /**
     * Completes with a failure.
     *
     * @throws InvalidStateException if the future is done already
     */
    void setException(Throwable failure);

    /** Cancels; answers false if the future was done already. */
    boolean cancel();

    /** Calls {@code callback} on the loop when the future is done, or soon if it is. */
    void addDoneCallback(Consumer<? super LoopFuture<T>> callback);

    /** Removes all registrations of {@code callback} that have not run; answers how many. */
    int removeDoneCallback(Consumer<? super LoopFuture<T>> callback);

    /**
     * Waits for the result.
     *
     * @throws java.util.concurrent.CancellationException if it was cancelled
     * @throws java.util.concurrent.CompletionException around a checked failure; an unchecked one is thrown itself
     * @throws LoopClosedException if the loop is closed before the future is done
     * @throws IllegalStateException on the thread that runs the loop, unless the future is done
     */
    @Nullable T join();
}
