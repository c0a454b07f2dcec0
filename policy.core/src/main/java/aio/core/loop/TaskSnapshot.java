package aio.core.loop;

import aio.core.foreign.Text;
import aio.core.kernel.CoreTask;
import aio.core.kernel.WaitChain;
import aio.loop.BundleId;
import aio.loop.TaskInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A task at an instant. */
record TaskSnapshot(
        long id,
        String name,
        String loop,
        String work,
        Optional<BundleId> bundle,
        boolean hasBegun,
        boolean isCancelling,
        List<String> waitsFor,
        OptionalLong waitsForTask)
        implements TaskInfo {

    static TaskInfo of(CoreTask<?> task, String loop, Origin origin) {
        WaitChain chain = WaitChain.of(task);
        CoreTask<?> last = chain.task();
        return new TaskSnapshot(task.id(), task.getName(), loop, Text.ofClass(task.user()), origin.bundle(task.user()),
                task.hasBegun(), task.isCancelling(), chain.links().stream().map(TaskSnapshot::text).toList(),
                last == null ? OptionalLong.empty() : OptionalLong.of(last.id()));
    }

    private static String text(WaitChain.Link link) {
        String of = link.user() == null ? "" : Text.ofClass(link.user());
        return switch (link.kind()) {
            case RESULT -> "result of " + of;
            case SLEEP -> "sleep";
            case WORK -> "work of " + of;
            case FUTURE -> "future";
            case STAGE -> "stage " + of;
        };
    }
}
