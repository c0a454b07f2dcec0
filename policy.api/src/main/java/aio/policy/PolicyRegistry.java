package aio.policy;

import aio.loop.LoopInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Decides which policy is the process-wide one, says why, and remembers what happened. A service;
 * {@code aio.EventLoops} has the same power as static methods.
 *
 * <p>Who decides, in this order: the operator's pin; the policy installed by code; the highest-ranked service
 * ({@code service.ranking} descending, {@code service.id} ascending). What is overridden stays and is shown.
 *
 * <p>When a method that changes the policy returns, or {@code Bundle.start}/{@code stop}, {@code registerService},
 * {@code unregister}, {@code setProperties} of a policy does, every thread sees the new policy.
 *
 * <p>Thread safety: any thread. Implemented by the core.
 */
@ProviderType
public interface PolicyRegistry {

    /**
     * Returns the process-wide policy; never null.
     *
     * @throws IllegalStateException if there is no policy at all; the message says what to install
     */
    EventLoopPolicy getEventLoopPolicy();

    /**
     * Returns a policy by its name, whether or not it is current; it is made if it has not been made yet. Of several
     * policies of one name it is the first in order that works; {@code name#serviceId} means one service. Inside a
     * framework ask again instead of keeping the answer: the policy goes with its bundle.
     *
     * @throws IllegalArgumentException if no policy has that name, or it cannot be made; the message says what is there
     *     and what to start
     */
    EventLoopPolicy policy(String name);

    /**
     * Installs a policy for the whole process, as {@code asyncio.set_event_loop_policy}; null drops the installation,
     * and the services decide again. Installing the policy that the services would choose anyway drops the installation
     * too, so that saving and restoring works. The installation ends when the bundle of the caller, or of the policy,
     * stops.
     */
    void setEventLoopPolicy(@Nullable EventLoopPolicy policy);

    /** Installs a policy until the answer is closed, see {@link #setEventLoopPolicy}. */
    Installation install(EventLoopPolicy policy);

    /**
     * Pins a policy by name: nothing else becomes current while it is there. The pin survives a restart if the
     * configuration admin is there, and takes hold again when its policy returns.
     *
     * @return the change, or empty if the policy was current already
     * @throws IllegalArgumentException if no candidate has that name; the message says what is there and what to start
     */
    Optional<PolicyChange> pin(String name);

    /** Removes the pin; answers the change, or empty if the current policy stays. */
    Optional<PolicyChange> unpin();

    /** Returns the name that is pinned, whether or not its policy is there. */
    Optional<String> pinned();

    /**
     * Gives the services of a policy another ranking than theirs. It survives a restart and takes hold again when the
     * policy returns, as a pin does, but pin and code still go before it.
     *
     * @return the change, or empty if the current policy stays
     * @throws IllegalArgumentException if no service has that name; the message says what is there and what to start
     */
    Optional<PolicyChange> rank(String name, int ranking);

    /**
     * Lets the ranking of a policy's services count again; answers the change, or empty if the current policy stays.
     */
    Optional<PolicyChange> unrank(String name);

    /** Returns the rankings that the operator gave, by name, whether or not their policies are there. */
    Map<String, Integer> ranks();

    /** Returns the candidate that is current; empty if there is none. */
    Optional<PolicyInfo> current();

    /** Returns all candidates, in the order in which they would become current. */
    List<PolicyInfo> policies();

    /** Returns the bundles that would bring a policy but are not started, each as {@code NAME: what to do}. */
    List<String> notStarted();

    /**
     * Returns the policies that started bundles declare but have not registered, each as {@code NAME: why}, as far as
     * that is known: a component may wait for a service or a configuration, or fail.
     */
    List<String> missing();

    /**
     * Returns the changes, the latest last; as many as are kept. A loop that was still to follow when a change was told
     * is counted here once it has followed.
     */
    List<PolicyChange> history();

    /** Tells {@code listener} of changes until the answer is closed. */
    Installation addListener(PolicyListener listener);

    /** Returns all open loops of the core, by name. */
    List<LoopInfo> loops();

    /**
     * Drains all loops that run: their servers close and accept nothing new, and connections get {@code patience} to
     * end by themselves. Those that are still open then are closed, and their protocols see {@code connectionLost} with
     * a cause. The loops run on. Blocks; not to be called on the thread of a loop.
     *
     * @return who held connections to the last, a line each; empty if all have ended by themselves
     * @throws IllegalStateException on the thread of a loop
     */
    List<String> drain(Duration patience);

    /**
     * Ends a managed loop that a configuration {@code aio.loop} made, by deleting that configuration. The loop ends a
     * moment later, and protocols on it see {@code connectionLost}.
     *
     * @throws IllegalArgumentException if no open loop has that name; the message says which have
     * @throws IllegalStateException if no configuration made it, as the one named {@code shared}
     */
    void closeLoop(String name);
}
