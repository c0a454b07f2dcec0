package aio.policy;

import java.util.Locale;

/** What a loop would do after a pin, see {@link PolicyPlan}. More may be added: keep a default branch. */
public enum PlannedStep {
    /** It would exchange its driver at once. */
    MOVES,
    /** It would exchange its driver after the canary has passed its watch. */
    MOVES_LATER,
    /** It would keep its driver. */
    STAYS;

    /** Returns the words that people and scripts read, such as {@code moves later}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
