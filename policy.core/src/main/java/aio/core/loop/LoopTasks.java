package aio.core.loop;

import aio.core.foreign.Tools;
import aio.core.kernel.CoreTask;
import aio.core.kernel.Kernel;
import aio.core.kernel.Residents;
import aio.loop.EventLoop;
import aio.loop.ResourceKind;
import aio.loop.Task;
import aio.loop.TaskFactory;
import aio.loop.TaskInfo;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The unfinished tasks of one loop, and the user's factory of new ones. Any thread. */
final class LoopTasks {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final EventLoop loop;
    private final Kernel kernel;
    private final Set<Task<?>> tasks = ConcurrentHashMap.newKeySet();
    private volatile @Nullable TaskFactory factory; // written by any thread, read when a task is created

    LoopTasks(EventLoop loop, Kernel kernel) {
        this.loop = loop;
        this.kernel = kernel;
    }

    static String nextName() {
        return "Task-" + NUMBERS.incrementAndGet();
    }

    <T> Task<T> create(Callable<? extends CompletionStage<T>> work, String name) {
        Objects.requireNonNull(work, "work");
        kernel.checkClosed();
        TaskFactory given = factory;
        return given == null ? make(work, name) : Tools.task(given, loop, work, name);
    }

    /** Creates a task as {@link #create}, without the user's factory, which calls this. */
    <T> Task<T> make(Callable<? extends CompletionStage<T>> work, String name) {
        return kernel.calls().noted(new CoreTask<>(
                kernel, Objects.requireNonNull(work, "work"), Objects.requireNonNull(name, "name"), tasks));
    }

    void setFactory(@Nullable TaskFactory next) {
        factory = next;
    }

    @Nullable TaskFactory factory() {
        return factory;
    }

    Set<Task<?>> all() {
        return Set.copyOf(tasks);
    }

    /** Returns a description of each unfinished task. */
    Stream<TaskInfo> infos(Origin origin) {
        return tasks.stream()
                .filter(CoreTask.class::isInstance)
                .map(task -> TaskSnapshot.of((CoreTask<?>) task, kernel.loopName(), origin));
    }

    /** Tells of those that are not done. */
    void tell(Residents.Telling telling) {
        for (Task<?> task : tasks) {
            if (task instanceof CoreTask<?> own) {
                telling.tell(ResourceKind.TASK, own, own.user(), own);
            }
        }
    }

    /** Ends the tasks that match. */
    void withdraw(Predicate<Object> belongs) {
        for (Task<?> task : tasks) {
            if (task instanceof CoreTask<?> own && belongs.test(own.user())) {
                own.abandon();
            }
        }
    }

    /** Tells whether an unfinished task matches. */
    boolean hasAnyOf(Predicate<Object> belongs) {
        return tasks.stream().anyMatch(task -> task instanceof CoreTask<?> own && belongs.test(own.user()));
    }

    int count() {
        return tasks.size();
    }
}
