package aio.policy.console;

import aio.loop.TaskInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tasks as a tree: below each what it waits for, and below that the task for which it waits. One thread. */
final class TaskTree {
    private static final String INDENT = "  ";

    private final Map<Long, TaskInfo> tasks = new LinkedHashMap<>();
    private final Set<Long> shown = new HashSet<>();
    private final List<String> lines = new ArrayList<>();

    TaskTree(List<TaskInfo> all) {
        all.stream().sorted(Comparator.comparingLong(TaskInfo::id)).forEach(task -> tasks.put(task.id(), task));
    }

    /** Returns the lines; a task for which several wait is told once. */
    List<String> lines() {
        Set<Long> awaited = tasks.values().stream()
                .flatMapToLong(task -> task.waitsForTask().stream())
                .boxed()
                .collect(Collectors.toSet());
        tasks.values().stream().filter(task -> !awaited.contains(task.id())).forEach(task -> show(task, ""));
        // tasks that wait in a circle have no beginning
        tasks.values().stream().filter(task -> !shown.contains(task.id())).forEach(task -> show(task, ""));
        return List.copyOf(lines);
    }

    private void show(TaskInfo first, String margin) {
        TaskInfo task = first;
        String indent = margin;
        while (task != null) {
            boolean again = !shown.add(task.id());
            lines.add(indent + title(task) + (again ? ", see above" : ""));
            if (again) {
                return;
            }
            for (String wait : task.waitsFor()) {
                indent += INDENT;
                lines.add(indent + wait);
            }
            indent += INDENT;
            long next = task.waitsForTask().orElse(0);
            task = tasks.get(next);
            if (task == null && next != 0) {
                lines.add(indent + "task " + next + ", which is done or on another loop");
            }
        }
    }

    private static String title(TaskInfo task) {
        return task.id() + " \"" + task.name() + "\" on " + task.loop() + ": " + task.work()
                + task.bundle().map(bundle -> " of bundle " + bundle).orElse("")
                + (task.hasBegun() ? "" : ", not begun") + (task.isCancelling() ? ", being cancelled" : "");
    }
}
