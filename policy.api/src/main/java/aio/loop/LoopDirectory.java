package aio.loop;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Shows the loops of the core: the driver of each, whether it follows the policy, the thread that runs it. For
 * monitors; it changes no loop. A service; also {@code aio.EventLoops.loopDirectory()}.
 *
 * <p>Thread safety: any thread. Implemented by the core.
 */
@ProviderType
public interface LoopDirectory {

    /** Returns snapshots of all open loops, by name. */
    List<LoopInfo> loops();

    /** Returns what each open loop has counted and timed since it was made, by name. */
    List<LoopStatistics> statistics();

    /** Returns what has held up loops, the newest first. Old ones are dropped. */
    List<LoopBlock> blocks();

    /** Returns what open loops are busy with, the largest share first. */
    List<UserLoad> loads();

    /**
     * Returns the stream connections of a loop, the oldest first. They are read on the loop's own thread, for which
     * this waits 2 s at most.
     *
     * @param loop the name of the loop; if several loops have it, the connections of all are returned
     * @throws IllegalArgumentException if no open loop has that name; the message lists the names
     * @throws IllegalStateException if the loop's thread is not free in time, the message says what it is busy with; or
     *     on the thread of another loop
     */
    List<ConnectionInfo> connections(String loop);

    /**
     * Returns the tasks of a loop that are not done, the oldest first, with what they wait for. This works without the
     * loop's thread, so also while that is held up.
     *
     * @param loop the name of the loop; if several loops have it, the tasks of all are returned
     * @throws IllegalArgumentException if no open loop has that name; the message lists the names
     */
    List<TaskInfo> tasks(String loop);

    /**
     * Adds a listener, which is told what happens to the loops from now on. A listener that was added twice is told
     * once. It is removed when its bundle stops.
     */
    void addListener(LoopListener listener);

    /** Removes a listener. A call that is under way on another thread may still come. Idempotent. */
    void removeListener(LoopListener listener);

    /**
     * Returns what lives on a loop and has to be ended by its users: what would be left over if the loop was closed
     * now. Callbacks that are ready are not included, nor what the core has made for itself. It is read on the loop's
     * own thread, as by {@link #connections}; if no thread runs the loop, on the calling thread.
     *
     * @param loop the name of the loop; if several loops have it, the resources of all are returned
     * @throws IllegalArgumentException if no open loop has that name; the message lists the names
     * @throws IllegalStateException as {@link #connections}
     */
    List<LoopResource> resources(String loop);

    /** Returns a snapshot of the first open loop with a name; empty if there is none. */
    default Optional<LoopInfo> loop(String name) {
        return loops().stream().filter(loop -> loop.name().equals(name)).findFirst();
    }

    /** Returns what the first open loop with a name has counted and timed; empty if there is none. */
    default Optional<LoopStatistics> statistics(String name) {
        return statistics().stream().filter(loop -> loop.loop().equals(name)).findFirst();
    }
}
