package aio.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A snapshot of one change of the process-wide policy, or of the policy of a scope. A later snapshot, from
 * {@link PolicyDirectory#history}, counts loops that have followed since. Immutable; it holds names only. A value that
 * may be absent is an {@code Optional}.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface PolicyChange {

    /** Returns the number of the change, counted from 1. */
    long number();

    /** Returns when it took effect. */
    Instant when();

    /**
     * Returns the scope that was changed. Unless that is the process, {@link #from} and {@link #to} are the policies of
     * the scope; empty means that its loops go to the same driver as those of the process.
     */
    PolicyScope scope();

    /**
     * Returns the name of the policy before; empty if there was none. If both policies have the same name, the names
     * tell them apart, {@code name#serviceId} for services.
     */
    Optional<String> from();

    /** Returns the name of the policy after, as {@link #from}; empty if there is none. */
    Optional<String> to();

    /** Returns the kind of cause; {@link #cause} says it in words. */
    ChangeReason reason();

    /** Returns what caused it, such as {@code rank 100, service arrived} or {@code bundle 12 stopped}. */
    String cause();

    /** Returns the kind of actor that caused it; {@link #who} names the actor. */
    ChangeActor actor();

    /** Returns who caused it, for people: {@code operator}, {@code operator 'anna'}, a bundle, or a thread. */
    String who();

    /** Returns how long it took until every loop had followed, or until the wait for them ended. */
    Duration duration();

    /** Returns how many loops exchanged their driver. */
    int loops();

    /**
     * Returns how many loops are still to follow in the background, after the wait for them has ended. A change that is
     * made inside a listener, or while an earlier change is under way, may return before its loops were told to follow:
     * then this counts all loops that follow, and some of them may have done so already. 0 if the new policy brings no
     * driver.
     */
    int toFollow();

    /** Returns how many connections, open or being made, were carried over. */
    int kept();

    /** Returns how many connections, listeners and watched descriptors were lost. */
    int lost();

    /** Returns the longest time that a loop did nothing else. */
    Duration longestPause();

    /**
     * Returns one text for each loop that is not on the new driver, with the reason: it does not follow, is still to
     * follow, or its exchange failed.
     */
    List<String> stayed();

    /**
     * Returns the line that the console prints, as {@code default -> winselector (rank 100, service arrived); …},
     * or {@code loop:edge: process -> winselector (operator pinned it); …} for a scope.
     */
    String summary();
}
