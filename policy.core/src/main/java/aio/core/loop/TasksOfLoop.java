package aio.core.loop;

import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.loop.LoopFuture;
import aio.loop.Task;
import aio.loop.TaskFactory;
import aio.loop.Tasks;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The futures and tasks of a loop. */
interface TasksOfLoop extends Tasks {
    Kernel kernel();

    LoopTasks tasks();

    void checkNotManaged(String method);

    @Override
    default <T> LoopFuture<T> createFuture() {
        return new CoreFuture<>(kernel());
    }

    @Override
    default <T> Task<T> createTask(Callable<? extends CompletionStage<T>> work) {
        return tasks().create(work, LoopTasks.nextName());
    }

    @Override
    default <T> Task<T> createTask(Callable<? extends CompletionStage<T>> work, String taskName) {
        return tasks().create(work, taskName);
    }

    @Override
    default <T> Task<T> newTask(Callable<? extends CompletionStage<T>> work, String taskName) {
        return tasks().make(work, taskName);
    }

    @Override
    default void setTaskFactory(@Nullable TaskFactory factory) {
        checkNotManaged("setTaskFactory");
        tasks().setFactory(factory);
    }

    @Override
    default @Nullable TaskFactory getTaskFactory() {
        return tasks().factory();
    }

    @Override
    default Set<Task<?>> allTasks() {
        return tasks().all();
    }
}
