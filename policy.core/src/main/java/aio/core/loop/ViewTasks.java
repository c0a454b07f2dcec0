package aio.core.loop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The tasks of all executor views of a loop that are not done. Any thread. */
final class ViewTasks {
    private final Set<ViewTask<?>> tasks = ConcurrentHashMap.newKeySet();

    void add(ViewTask<?> task) {
        tasks.add(task);
    }

    void remove(ViewTask<?> task) {
        tasks.remove(task);
    }

    /** Cancels those that belong to somebody. */
    void withdraw(Predicate<Object> belongs) {
        for (ViewTask<?> task : tasks) {
            if (belongs.test(task.user())) {
                task.cancel(false);
            }
        }
    }

    /** Tells whether somebody has a task that is not done. */
    boolean hasAnyOf(Predicate<Object> belongs) {
        return tasks.stream().anyMatch(task -> belongs.test(task.user()));
    }

    /** Cancels all: the loop will never run them. */
    void close() {
        tasks.forEach(task -> task.cancel(false));
    }
}
