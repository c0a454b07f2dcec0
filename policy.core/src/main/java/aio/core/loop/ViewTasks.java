package aio.core.loop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The unfinished tasks of all executor views of a loop. Any thread. */
final class ViewTasks {
    private final Set<ViewTask<?>> tasks = ConcurrentHashMap.newKeySet();

    void add(ViewTask<?> task) {
        tasks.add(task);
    }

    void remove(ViewTask<?> task) {
        tasks.remove(task);
    }

    /** Cancels the tasks that match. */
    void withdraw(Predicate<Object> belongs) {
        for (ViewTask<?> task : tasks) {
            if (belongs.test(task.user())) {
                task.cancel(false);
            }
        }
    }

    /** Tells whether an unfinished task matches. */
    boolean hasAnyOf(Predicate<Object> belongs) {
        return tasks.stream().anyMatch(task -> belongs.test(task.user()));
    }

    /** Cancels all: the loop will not run them. */
    void close() {
        tasks.forEach(task -> task.cancel(false));
    }
}
