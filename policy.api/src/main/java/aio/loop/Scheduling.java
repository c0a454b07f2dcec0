package aio.loop;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A loop that runs callbacks, timers and tasks, and blocking work beside itself.
 *
 * <p>Thread safety: {@link #callSoon}, {@link #callLater} and {@link #callAt} belong to the thread that runs the loop
 * (or, while it does not run, to one thread at a time). In debug mode a call from another thread throws {@link
 * IllegalStateException}. {@link #callAndWait} may be called from any thread but the loop's, all other methods from any
 * thread.
 *
 * <p><b>Java's own interfaces.</b> A loop is an {@link Executor}, has a view as a {@link ScheduledExecutorService}, and
 * turns any {@link CompletionStage} into a future of its own. A {@link LoopFuture} is a {@code CompletionStage} and a
 * {@code Future}. For OSGi promises see {@code aio.bridge.Promises}.
 */
@ProviderType
public interface Scheduling extends Executor {

    // ---- callbacks and timers

    /**
     * Runs {@code callback} in the next turn, after those scheduled before; as {@code call_soon}.
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
     * open), unless the loop's clock chooses another one, see {@link LoopClock#next}.
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
     * Runs {@code work} on the loop and waits for its result: for other threads that need a value from an object that
     * belongs to the loop. While no thread runs the loop, this waits for the next run. An interrupt does not end the
     * wait. Any thread but the loop's.
     *
     * <p>asyncio's closest is {@code run_coroutine_threadsafe(…).result()}.
     *
     * @throws java.util.concurrent.CompletionException around a checked failure of {@code work}; an unchecked one is
     *     thrown itself
     * @throws java.util.concurrent.CancellationException if {@code work} left the loop by a {@link LoopExit}, or its
     *     bundle was stopped before it ran
     * @throws LoopClosedException if the loop is closed, or is closed before {@code work} has run
     * @throws IllegalStateException on the thread that runs the loop, which would wait for itself
     */
    <T> @Nullable T callAndWait(Callable<T> work);

    /**
     * Returns the time of the loop: monotonic, since an arbitrary start. It is the system's, unless the loop was made
     * with a clock ({@link LoopOptions#withClock}). Any thread, also after close.
     */
    Duration time();

    // ---- futures and tasks

    /** Returns a new future of this loop, as {@code create_future}. Works on a closed loop too. */
    <T> LoopFuture<T> createFuture();

    /**
     * Schedules {@code work} and returns its task, as {@code create_task}; the first step runs in the next turn.
     *
     * @throws LoopClosedException if the loop is closed
     */
    <T> Task<T> createTask(Callable<? extends CompletionStage<T>> work);

    /** Schedules {@code work} as a task of that name. */
    <T> Task<T> createTask(Callable<? extends CompletionStage<T>> work, String name);

    /** Makes a task as the loop does without a task factory; for task factories to call. */
    <T> Task<T> newTask(Callable<? extends CompletionStage<T>> work, String name);

    /** Sets the task factory, as {@code set_task_factory}; null for the loop itself. Refused on a managed loop. */
    void setTaskFactory(@Nullable TaskFactory factory);

    /** Returns the task factory, or null if the loop itself makes tasks. */
    @Nullable TaskFactory getTaskFactory();

    /** Returns the tasks that are not done, as {@code asyncio.all_tasks}. */
    Set<Task<?>> allTasks();

    // ---- work beside the loop

    /**
     * Runs {@code work} in the default executor, as {@code run_in_executor(None, …)}. Cancelling the future does not
     * interrupt work that is running; a result that comes after the loop was closed is dropped.
     *
     * @throws LoopClosedException if the loop is closed
     * @throws IllegalStateException after {@code shutdownDefaultExecutor}
     */
    <T> LoopFuture<T> runInExecutor(Callable<T> work);

    /**
     * Runs {@code work} in the given executor, as {@code run_in_executor}.
     *
     * @throws LoopClosedException if the loop is closed
     */
    <T> LoopFuture<T> runInExecutor(Executor executor, Callable<T> work);

    /** Replaces the default executor; the loop shuts it down when it closes. Refused on a managed loop. */
    void setDefaultExecutor(ExecutorService executor);

    // ---- Java's own interfaces

    /**
     * Runs {@code command} on the loop soon, after what was scheduled before; as {@code callSoonThreadsafe}, without a
     * handle.
     *
     * @throws RejectedExecutionException if the loop is closed
     */
    @Override
    void execute(Runnable command);

    /**
     * Returns a view of this loop as an executor service. Tasks run on the loop. After {@code shutdown} the view takes
     * no more tasks, periodic tasks end, delayed ones still run; the loop and other views are not affected. When the
     * loop is closed, the tasks that are left are cancelled. A running task is never interrupted.
     *
     * <p>On the thread of the loop, methods that wait ({@code invokeAll}, {@code invokeAny}, {@code awaitTermination},
     * {@code get} of a returned future) throw {@link IllegalStateException}, unless there is nothing to wait for. An
     * exception of a task given to {@code execute} goes to the exception handler of the loop.
     */
    ScheduledExecutorService asScheduledExecutor();

    /**
     * Returns a future of this loop that ends as {@code stage} does, as {@code asyncio.wrap_future}; a future of this
     * loop is returned as it is. Cancelling the future cancels the stage, if that is a {@code Future}.
     */
    <T> LoopFuture<T> wrapFuture(CompletionStage<T> stage);
}
