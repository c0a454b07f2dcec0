package aio.loop;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A loop in the eyes of Java's own interfaces: it is an {@link Executor}, has a view as a
 * {@link ScheduledExecutorService}, and takes in any {@link CompletionStage}. The other way round, a {@link LoopFuture}
 * is a {@code CompletionStage} and a {@code Future} itself. For OSGi promises see {@code aio.bridge.Promises}.
 *
 * <p>Thread safety: any thread.
 */
@ProviderType
public interface Bridges extends Executor {

    /**
     * Runs {@code command} on the loop soon, behind what was scheduled before; as {@code callSoonThreadsafe}, without a
     * handle.
     *
     * @throws RejectedExecutionException if the loop is closed
     */
    @Override
    void execute(Runnable command);

    /**
     * Returns a view of this loop as an executor service. Tasks run on the loop. Shutting the view down does not stop
     * the loop, and other views are not concerned: after {@code shutdown} it takes no more tasks, periodic ones end,
     * delayed ones still run. When the loop is closed the tasks that are left are cancelled. A running task is never
     * interrupted.
     *
     * <p>What waits ({@code invokeAll}, {@code invokeAny}, {@code awaitTermination}, {@code get} of what it answers) is
     * refused on the thread of the loop with {@link IllegalStateException}, unless there is nothing to wait for. What a
     * task given to {@code execute} throws goes to the exception handler of the loop.
     */
    ScheduledExecutorService asScheduledExecutor();

    /**
     * Returns a future of this loop that ends as {@code stage} does, as {@code asyncio.wrap_future}; a future of this
     * loop is returned as it is. Cancelling it cancels the stage, if that is a {@code Future}.
     */
    <T> LoopFuture<T> wrapFuture(CompletionStage<T> stage);
}
