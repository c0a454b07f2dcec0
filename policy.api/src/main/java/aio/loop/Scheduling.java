package aio.loop;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Scheduling callbacks.
 *
 * <p>Thread safety: as in asyncio only {@link #callSoonThreadsafe}, {@link #time} may be called from any thread; the
 * others belong to the thread that runs the loop (or, while it does not run, to one thread at a time). In debug mode a
 * call from another thread throws {@link IllegalStateException}.
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

    /** Returns the time of the loop: monotonic, since an arbitrary start. Any thread, also after close. */
    Duration time();
}
