package aio.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One change of the process-wide policy, or of the one that a scope has, as far as it has come when it is asked for:
 * {@link PolicyDirectory#history} tells later what became of loops that were still to follow. Immutable; holds names
 * only. What may be absent is an {@code Optional}.
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
     * Returns the loops that it is about. In a scope other than the process, {@link #from} and {@link #to} are the
     * policies of that scope, and empty means that its loops go where those of the process do.
     */
    PolicyScope scope();

    /**
     * Returns the name of the policy before; empty if there was none. If both have one name, each is written so that it
     * can be told from the other, {@code name#serviceId} for services.
     */
    Optional<String> from();

    /** Returns the name of the policy after, as {@link #from}; empty if there is none. */
    Optional<String> to();

    /** Returns what kind of thing caused it; {@link #cause} says it in words. */
    ChangeReason reason();

    /** Returns what caused it, such as {@code rank 100, service arrived} or {@code bundle 12 stopped}. */
    String cause();

    /** Returns what kind of actor caused it; {@link #who} names it. */
    ChangeActor actor();

    /** Returns who caused it, for people: {@code operator}, {@code operator 'anna'}, a bundle, or a thread. */
    String who();

    /** Returns how long it took until every loop had followed, or until the wait for them ended. */
    Duration duration();

    /** Returns how many loops exchanged their driver. */
    int loops();

    /**
     * Returns how many loops are still to follow, in the background: the wait for them has ended. A change that is made
     * inside a listener, or while an earlier change is still carried out, may be returned before any loop was asked:
     * then these are all loops that follow, and some of them may have done so; none if the new policy brings no driver.
     */
    int toFollow();

    /** Returns how many connections, open or being made, were carried over. */
    int kept();

    /** Returns how many connections, listeners and watched descriptors were lost. */
    int lost();

    /** Returns the longest time that a loop did nothing else. */
    Duration longestPause();

    /** Returns what stayed behind and why: loops that do not follow, are still to follow, or whose exchange failed. */
    List<String> stayed();

    /**
     * Returns the one line that the console prints, as {@code default -> winselector (rank 100, service arrived); …};
     * for a scope as {@code loop:edge: process -> winselector (operator pinned it); …}.
     */
    String summary();
}
