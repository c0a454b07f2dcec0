package aio.loop;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Futures and tasks of a loop. Thread safety: any thread. */
@ProviderType
public interface Tasks {

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

    /** Makes a task as the loop itself does, past the task factory; for task factories. */
    <T> Task<T> newTask(Callable<? extends CompletionStage<T>> work, String name);

    /** Sets who makes the tasks, as {@code set_task_factory}; null for the loop itself. Refused on a managed loop. */
    void setTaskFactory(@Nullable TaskFactory factory);

    /** Returns who makes the tasks, or null for the loop itself. */
    @Nullable TaskFactory getTaskFactory();

    /** Returns the tasks that are not done, as {@code asyncio.all_tasks}. */
    Set<Task<?>> allTasks();
}
