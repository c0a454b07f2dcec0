package aio.policy;

import java.util.Locale;

/**
 * Why a candidate is or is not the process-wide policy, see {@link PolicyInfo#reason}. More may be added: keep a
 * default branch.
 */
public enum PolicyReason {
    /** It is current: the operator pinned it. */
    PINNED,
    /** It is current: code installed it last. */
    INSTALLED,
    /** It is current: it has the highest ranking of all that work. */
    HIGHEST_RANKING,
    /** It is current: policies with a higher ranking are held back, for the reasons that they give. */
    OTHERS_HELD_BACK,
    /** It has come and gone too often, and is followed after it has stayed registered for a time. */
    HELD_DOWN,
    /** Arrivals are to be confirmed, and the operator has not confirmed it. */
    UNCONFIRMED,
    /** Another one is pinned. */
    OTHER_PINNED,
    /** Another one is installed by code. */
    OTHER_INSTALLED,
    /** The current one has the same ranking and came first. */
    OTHER_CAME_FIRST,
    /** The current one has a higher ranking. */
    LOWER_RANKING,
    /** None has been chosen yet. */
    NOT_CHOSEN_YET,
    /** It does not work. */
    REFUSED;

    /** Returns the words that people and scripts read, such as {@code highest ranking}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
