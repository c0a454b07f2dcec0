package aio.loop;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes the tasks of a loop, see {@link Scheduling#setTaskFactory}.
 *
 * <p>Thread safety: called on the thread that makes the task. Implemented by users.
 */
@FunctionalInterface
@ConsumerType
public interface TaskFactory {

    /**
     * Returns a task, by default {@code loop.newTask(work, name)}.
     *
     * @param name the name of the task
     */
    <T> Task<T> newTask(EventLoop loop, Callable<? extends CompletionStage<T>> work, String name);
}
