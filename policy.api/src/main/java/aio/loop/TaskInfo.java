package aio.loop;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A snapshot of a task that is not done, for people and monitors, see {@link LoopDirectory#tasks}: as the stacks of
 * {@code asyncio pstree}, with stages instead of frames. Immutable. Any thread.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface TaskInfo {

    /** Returns what names the task: a number that no other task of this core has, or had. */
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

    /** Tells whether its cancellation was asked for, and has not ended it yet. */
    boolean isCancelling();

    /**
     * Returns what it waits for, the nearest first, each of which waits for the next: {@code result of} a function,
     * {@code sleep}, {@code work of} a class, {@code future}, or {@code stage} and its class. As far as it is known:
     * what completes a future, or a stage that is not a loop's, is not known. Empty if it has not begun, or if it
     * waits for another task only.
     */
    List<String> waitsFor();

    /** Returns the number of the task at the end of that chain; empty if there is none. */
    OptionalLong waitsForTask();
}
