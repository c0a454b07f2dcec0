package aio.core.loop;

import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.kernel.Sleep;
import aio.core.kernel.WrappedStage;
import aio.core.time.Durations;
import aio.loop.Handle;
import aio.loop.LoopClosedException;
import aio.loop.LoopFuture;
import aio.loop.Scheduling;
import aio.loop.Task;
import aio.loop.TaskFactory;
import aio.loop.TimerHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** What runs on a loop and beside it. Durations become nanoseconds here. */
interface SchedulingOfLoop extends Scheduling {
    Kernel kernel();

    LoopTasks tasks();

    void checkNotManaged(String method);

    DefaultExecutor executor();

    ViewTasks viewTasks();

    @Override
    default Handle callSoon(Runnable callback) {
        return kernel().callSoon(Objects.requireNonNull(callback, "callback"));
    }

    @Override
    default Handle callSoonThreadsafe(Runnable callback) {
        return kernel().callSoonThreadsafe(Objects.requireNonNull(callback, "callback"));
    }

    @Override
    default TimerHandle callLater(Duration delay, Runnable callback) {
        Objects.requireNonNull(delay, "delay");
        return kernel().callAt(kernel().now() + Durations.nanos(delay), Objects.requireNonNull(callback, "callback"));
    }

    @Override
    default TimerHandle callAt(Duration when, Runnable callback) {
        Objects.requireNonNull(when, "when");
        return kernel().callAt(Durations.nanos(when), Objects.requireNonNull(callback, "callback"));
    }

    @Override
    default LoopFuture<Void> sleep(Duration delay) {
        Objects.requireNonNull(delay, "delay");
        return Sleep.until(kernel(), kernel().now() + Durations.nanos(delay));
    }

    @Override
    default <T> @Nullable T callAndWait(Callable<T> work) {
        return CalledWork.result(kernel(), Objects.requireNonNull(work, "work"));
    }

    @Override
    default Duration time() {
        return Duration.ofNanos(kernel().now());
    }

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

    @Override
    default <T> LoopFuture<T> runInExecutor(Callable<T> work) {
        return executor().run(work);
    }

    @Override
    default <T> LoopFuture<T> runInExecutor(Executor given, Callable<T> work) {
        return new Background(kernel(), given).run(work);
    }

    @Override
    default void setDefaultExecutor(ExecutorService next) {
        checkNotManaged("setDefaultExecutor");
        executor().set(next);
    }

    @Override
    default void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        try {
            kernel().executeSoon(command);
        } catch (LoopClosedException e) {
            throw new RejectedExecutionException(e.getMessage(), e);
        }
    }

    @Override
    default ScheduledExecutorService asScheduledExecutor() {
        return new ExecutorView(kernel(), viewTasks());
    }

    @Override
    default <T> LoopFuture<T> wrapFuture(CompletionStage<T> stage) {
        return WrappedStage.of(kernel(), Objects.requireNonNull(stage, "stage"));
    }
}
