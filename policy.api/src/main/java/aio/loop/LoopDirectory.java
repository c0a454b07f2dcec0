package aio.loop;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Shows the loops of the core: which engine each is on, whether it follows the policy, on which thread it runs. For
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

    /** Returns what has held up loops, the newest first; as many as are kept. */
    List<LoopBlock> blocks();

    /** Returns what open loops are busy with, the most busy first. */
    List<UserLoad> loads();

    /**
     * Returns the stream connections of a loop, the oldest first. The loop is asked on its own thread, and waited for
     * at most 2 s.
     *
     * @param loop its name; if several have it, the connections of all
     * @throws IllegalArgumentException if no open loop has that name; the message says which have
     * @throws IllegalStateException if the loop does not answer in time: the message says what it is busy with; or on
     *     the thread of another loop
     */
    List<ConnectionInfo> connections(String loop);

    /**
     * Returns the tasks of a loop that are not done, the oldest first, with what they wait for. The loop is not asked,
     * so it may be held up.
     *
     * @param loop its name; if several have it, the tasks of all
     * @throws IllegalArgumentException if no open loop has that name; the message says which have
     */
    List<TaskInfo> tasks(String loop);

    /**
     * Lets a listener know of what happens to the loops from now on. One that is there already is told once all the
     * same. The listener goes when its bundle stops.
     */
    void addListener(LoopListener listener);

    /** Takes a listener out; what was about to be told right now may still come. Idempotent. */
    void removeListener(LoopListener listener);

    /**
     * Returns what lives on a loop and its users have to end: what would be left behind if it was closed now. Callbacks
     * that are ready are not part of it, nor what the core has made for itself. The loop is asked as by
     * {@link #connections}; a loop that nobody runs is looked at on the calling thread.
     *
     * @param loop its name; if several have it, what lives on all
     * @throws IllegalArgumentException if no open loop has that name; the message says which have
     * @throws IllegalStateException as {@link #connections}
     */
    List<LoopResource> resources(String loop);

    /** Returns a snapshot of the first open loop of a name; empty if there is none. */
    default Optional<LoopInfo> loop(String name) {
        return loops().stream().filter(loop -> loop.name().equals(name)).findFirst();
    }

    /** Returns what the first open loop of a name has counted and timed; empty if there is none. */
    default Optional<LoopStatistics> statistics(String name) {
        return statistics().stream().filter(loop -> loop.loop().equals(name)).findFirst();
    }
}
