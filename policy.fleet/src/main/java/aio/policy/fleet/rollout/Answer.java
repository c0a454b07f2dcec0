package aio.policy.fleet.rollout;

import java.util.Locale;

/** What a node says of the last order that it has taken up. */
public enum Answer {
    /** It has taken up none. */
    NONE,
    /** It is on the policy, which its guard tries. */
    WATCHED,
    /** It is on the policy, and keeps it. */
    DONE,
    /** The policy is not there, or does not work there. */
    REFUSED,
    /** Its guard found something wrong, and has taken the policy back. */
    ROLLED_BACK;

    /** Returns the words that people and scripts read. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
