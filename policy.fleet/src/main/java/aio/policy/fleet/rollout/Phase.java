package aio.policy.fleet.rollout;

import java.util.Locale;

/** Where a roll-out stands. */
public enum Phase {
    /** The nodes of the wave are told to move. */
    MOVING,
    /** They have moved, and are watched. */
    WATCHED,
    /** Over: all nodes have moved, and nothing was wrong. */
    DONE,
    /** Over: something was wrong, and every node goes back. */
    ROLLED_BACK,
    /** Over: an operator ended it, and every node goes back. */
    ABORTED;

    /** Tells whether the roll-out is over. */
    public boolean isOver() {
        return this != MOVING && this != WATCHED;
    }

    /** Returns the words that people and scripts read. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
