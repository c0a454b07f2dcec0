package aio.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Shows the policies, why each is or is not current, and the history of changes. For monitors; it changes nothing. A
 * service; also {@code aio.EventLoops.policyDirectory()}. The console makes its rows and its JSON from what this
 * returns. {@code aio.loop.LoopDirectory} shows the loops.
 *
 * <p>Thread safety: any thread. Implemented by the core.
 */
@ProviderType
public interface PolicyDirectory {

    /** Returns the candidate that is current; empty if there is none. */
    Optional<PolicyInfo> current();

    /** Returns all candidates, in the order in which they would become current. */
    List<PolicyInfo> policies();

    /** Returns the name that is pinned for the process, whether or not a policy has it; empty if none is. */
    Optional<String> pinned();

    /**
     * Returns the name that is pinned in each scope, {@link PolicyScope#process} included, in the order in which scopes
     * count. The loop or bundle, and the policy, need not exist.
     */
    Map<PolicyScope, String> pins();

    /** Returns when the pin of the process ends by itself; empty if it does not, or if nothing is pinned. */
    Optional<Instant> pinnedUntil();

    /** Returns the trial that is under way; if there is none, the last one; empty if there was none. */
    Optional<PolicyTrial> trial();

    /** Returns the rankings that the operator has set, by name, whether or not a policy has the name. */
    Map<String, Integer> ranks();

    /** Returns the rankings that the operator has confirmed, by name, whether or not a policy has the name. */
    Map<String, Integer> confirmed();

    /**
     * Returns the policies that bundles declare but that are not registered, with what is known of the reason: a bundle
     * is not started, or its component waits for a service or a configuration, or has failed.
     */
    List<AbsentPolicy> absent();

    /**
     * Returns the changes, the latest last. Old ones are dropped. A loop that was still to follow when a change was
     * reported is counted here once it has followed.
     */
    List<PolicyChange> history();

    /** Tells {@code listener} of changes until the returned installation is closed. */
    Installation addListener(PolicyListener listener);
}
