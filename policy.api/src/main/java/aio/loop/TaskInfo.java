package aio.loop;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A snapshot of a task that is not done, for people and monitors, see {@link LoopDirectory#tasks}. It shows what
 * {@code asyncio pstree} shows, with stages instead of frames. Immutable. Any thread.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface TaskInfo {

    /** Returns the number of the task, which no other task of this core has or had. */
    long id();

    /** Returns the name, which several may have. */
    String name();

    /** Returns the name of the loop. */
    String loop();

    /** Returns the class of the work. */
    String work();

    /** Returns the bundle of the work; empty outside a framework. */
    Optional<BundleId> bundle();

    /** Tells whether the first step was made. */
    boolean hasBegun();

    /** Tells whether it was cancelled, and has not ended yet. */
    boolean isCancelling();

    /**
     * Returns the chain of what it waits for, the nearest first; each waits for the next: {@code result of} a function,
     * {@code sleep}, {@code work of} a class, {@code future}, or {@code stage} and its class. The chain ends where it
     * is not known who completes a future, or a stage that is not a loop's. Empty if the task has not begun, or waits
     * for another task only.
     */
    List<String> waitsFor();

    /** Returns the number of the task at the end of that chain; empty if there is none. */
    OptionalLong waitsForTask();
}
