package aio.policy;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A snapshot of the trial of a policy that was pinned with a canary or a watch, see {@link PolicyDirectory#trial}.
 * Immutable; it holds names only.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface PolicyTrial {

    /** Returns a number that no other trial of this core has. */
    long number();

    /** Returns the name of the policy that is tried. */
    String policy();

    /** Returns the loops that went to the policy first; empty if all went at once. */
    Optional<Canary> canary();

    /** Returns the state of the trial. */
    TrialState state();

    /** Returns when it began. */
    Instant began();

    /** Returns when it is decided at the latest; empty without a watch. */
    Optional<Instant> until();

    /**
     * Returns a line for people: figures of the loops on trial and of the others; after its end, how it ended and why.
     */
    String text();
}
