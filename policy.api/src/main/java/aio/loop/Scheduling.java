package aio.loop;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Scheduling callbacks.
 *
 * <p>Thread safety: {@link #callSoonThreadsafe}, {@link #sleep} and {@link #time} may be called from any thread,
 * {@link #callAndWait} from any thread but the loop's. The others belong to the thread that runs the loop (or, while it
 * does not run, to one thread at a time). In debug mode a call from another thread throws
 * {@link IllegalStateException}.
 */
@ProviderType
public interface Scheduling {

    /**
     * Runs {@code callback} in the next turn, behind those scheduled before; as {@code call_soon}.
     *
     * @throws LoopClosedException if the loop is closed
     */
    Handle callSoon(Runnable callback);

    /**
     * Runs {@code callback} soon and wakes the loop if it waits; as {@code call_soon_threadsafe}. Any thread; callbacks
     * of one thread run in the order of their scheduling.
     *
     * @throws LoopClosedException if the loop is closed
     */
    Handle callSoonThreadsafe(Runnable callback);

    /**
     * Runs {@code callback} when {@code delay} has passed, never before; a delay that is negative means the next turn.
     * As {@code call_later}; callbacks of equal deadlines run in the order of their scheduling (asyncio leaves that
     * open).
     *
     * @throws LoopClosedException if the loop is closed
     */
    TimerHandle callLater(Duration delay, Runnable callback);

    /**
     * Runs {@code callback} at a time of the loop, see {@link #time}; as {@code call_at}.
     *
     * @throws LoopClosedException if the loop is closed
     */
    TimerHandle callAt(Duration when, Runnable callback);

    /**
     * Returns a future that is done when {@code delay} has passed, never before; as {@code asyncio.sleep}. A delay that
     * is zero or negative means the next turn. Cancelling it cancels the timer. Any thread.
     *
     * @throws LoopClosedException if the loop is closed
     */
    LoopFuture<Void> sleep(Duration delay);

    /**
     * Runs {@code work} on the loop and waits for its result: for threads that need an answer of something that belongs
     * to the loop. While the loop does not run, it waits for the next run. An interrupt does not end the wait. Any
     * thread but the loop's.
     *
     * <p>Asyncio's closest is {@code run_coroutine_threadsafe(…).result()}.
     *
     * @throws java.util.concurrent.CompletionException around a checked failure of {@code work}; an unchecked one is
     *     thrown itself
     * @throws java.util.concurrent.CancellationException if {@code work} left the loop by a {@link LoopExit}, or its
     *     bundle was stopped before it ran
     * @throws LoopClosedException if the loop is closed, or is closed before {@code work} has run
     * @throws IllegalStateException on the thread that runs the loop, which would wait for itself
     */
    <T> @Nullable T callAndWait(Callable<T> work);

    /** Returns the time of the loop: monotonic, since an arbitrary start. Any thread, also after close. */
    Duration time();
}
