package aio.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Shows the policies that are there, why each is or is not current, and what happened. For monitors; it changes
 * nothing. A service; also {@code aio.EventLoops.policyDirectory()}. The rows and the JSON of the console are made from
 * what it returns. {@code aio.loop.LoopDirectory} shows the loops.
 *
 * <p>Thread safety: any thread. Implemented by the core.
 */
@ProviderType
public interface PolicyDirectory {

    /** Returns the candidate that is current; empty if there is none. */
    Optional<PolicyInfo> current();

    /** Returns all candidates, in the order in which they would become current. */
    List<PolicyInfo> policies();

    /** Returns the name that is pinned, whether or not its policy is there; empty if none is. */
    Optional<String> pinned();

    /**
     * Returns the name that is pinned in each scope, {@link PolicyScope#process} included, in the order in which scopes
     * count; whether or not loop, bundle and policy are there.
     */
    Map<PolicyScope, String> pins();

    /** Returns when the pin of the process ends by itself; empty if it does not, or nothing is pinned. */
    Optional<Instant> pinnedUntil();

    /** Returns the trial that is under way, else the one that was over last; empty if there was none. */
    Optional<PolicyTrial> trial();

    /** Returns the rankings that the operator gave, by name, whether or not their policies are there. */
    Map<String, Integer> ranks();

    /** Returns the rankings with which the operator confirmed policies, by name, whether or not they are there. */
    Map<String, Integer> confirmed();

    /**
     * Returns the policies that bundles declare and that are not there, as far as that is known: a bundle may not be
     * started, a component may wait for a service or a configuration, or fail.
     */
    List<AbsentPolicy> absent();

    /**
     * Returns the changes, the latest last; as many as are kept. A loop that was still to follow when a change was told
     * is counted here once it has followed.
     */
    List<PolicyChange> history();

    /** Tells {@code listener} of changes until the answer is closed. */
    Installation addListener(PolicyListener listener);
}
