package aio.policy;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A policy that was pinned with a canary or a watch, as far as it has come when it is asked for, see
 * {@link PolicyDirectory#trial}. Immutable; holds names only.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface PolicyTrial {

    /** Returns a number that no other trial of this core has. */
    long number();

    /** Returns the name of the policy that is tried. */
    String policy();

    /** Returns which loops have gone there first; empty if all have. */
    Optional<Canary> canary();

    /** Returns where it stands. */
    TrialState state();

    /** Returns when it began. */
    Instant began();

    /** Returns when it is decided at the latest; empty if nothing is watched. */
    Optional<Instant> until();

    /**
     * Returns a line for people: what was seen of the loops that are tried and of the others; or, when it is over, how
     * it ended and why.
     */
    String text();
}
