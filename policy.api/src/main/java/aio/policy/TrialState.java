package aio.policy;

import java.util.Locale;

/** Where a trial stands, see {@link PolicyTrial#state}. More may be added: keep a default branch. */
public enum TrialState {
    /** The loops are looked at, until {@link PolicyTrial#until}. */
    WATCHED,
    /** The canary stays as it is until the operator chooses again: no watch was asked for. */
    STAYING,
    /** Over: nothing was wrong, and every loop that the pin is for has followed. */
    PASSED,
    /** Over: something was wrong, and what held before holds again. */
    ROLLED_BACK,
    /** Over, undecided: the operator has chosen something else, or the core has stopped. */
    ENDED;

    /** Tells whether the trial is over. */
    public boolean isOver() {
        return this != WATCHED && this != STAYING;
    }

    /** Returns the words that people and scripts read, such as {@code rolled back}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
