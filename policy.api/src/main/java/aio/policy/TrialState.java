package aio.policy;

import java.util.Locale;

/** The state of a trial, see {@link PolicyTrial#state}. More may be added: keep a default branch. */
public enum TrialState {
    /** The loops are judged until {@link PolicyTrial#until}. */
    WATCHED,
    /** The canary stays as it is until the operator chooses again: no watch was asked for. */
    STAYING,
    /** Over: nothing was wrong, and the pin holds for all its loops. */
    PASSED,
    /** Over: something was wrong, and the choice from before holds again. */
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
