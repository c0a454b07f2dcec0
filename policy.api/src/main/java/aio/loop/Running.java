package aio.loop;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A loop that is run, stopped and closed.
 *
 * <p>A managed loop (one that is registered as a service) is shared: it runs for ever on its own thread, and
 * {@link #runForever}, {@link #runUntilComplete}, {@link #stop}, {@link #close} throw {@link IllegalStateException}.
 *
 * <p>Thread safety: the thread that runs the loop, unless a method says otherwise.
 */
@ProviderType
public interface Running extends AutoCloseable {

    /**
     * Runs until {@link #stop}, as {@code run_forever}. A loop may be run again, also on another thread. A refused call
     * leaves everything as it was.
     *
     * @throws LoopClosedException if the loop is closed
     * @throws IllegalStateException if it is running already, or another loop runs on this thread
     */
    void runForever();

    /**
     * Runs until {@code future} is done and returns its result, as {@code run_until_complete}.
     *
     * @throws IllegalArgumentException if the future belongs to another loop
     * @throws IllegalStateException if the loop is stopped before the future is done, is running already, or another
     *     loop runs on this thread
     * @throws LoopClosedException if the loop is closed
     * @throws java.util.concurrent.CancellationException if the future is cancelled
     * @throws java.util.concurrent.CompletionException around a checked failure; an unchecked one is thrown itself
     */
    <T> @Nullable T runUntilComplete(CompletionStage<T> future);

    /** Makes a task of {@code work} and runs until it is done, see {@link #runUntilComplete(CompletionStage)}. */
    <T> @Nullable T runUntilComplete(Callable<? extends CompletionStage<T>> work);

    /**
     * Ends {@link #runForever} after the current turn; callbacks that are scheduled meanwhile stay queued for the next
     * run. Called before a run, it makes that run end after one turn. On another thread use
     * {@code callSoonThreadsafe(loop::stop)} instead.
     */
    void stop();

    /** Tells whether the loop is running. Any thread. */
    boolean isRunning();

    /** Tells whether the loop is closed. Any thread. */
    boolean isClosed();

    /**
     * Closes the loop: drops scheduled callbacks without running them, shuts the default executor down without waiting,
     * closes the driver and every channel the loop still owns. Protocols are not told: close transports before.
     * Idempotent.
     *
     * @throws IllegalStateException if the loop is running
     */
    @Override
    void close();

    /**
     * Shuts the default executor down, as {@code shutdown_default_executor}: it takes no more work. The future is done
     * when the executor's threads have ended, however long that takes. Any thread.
     */
    LoopFuture<Void> shutdownDefaultExecutor();

    /** Shuts the default executor down; after {@code timeout} it warns and abandons the threads. Any thread. */
    LoopFuture<Void> shutdownDefaultExecutor(Duration timeout);
}
