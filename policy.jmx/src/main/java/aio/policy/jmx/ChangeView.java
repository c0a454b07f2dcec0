package aio.policy.jmx;

import aio.policy.PolicyChange;
import java.util.Date;

/** One change of the current policy, as JMX shows it. */
public final class ChangeView {
    private final PolicyChange change;

    ChangeView(PolicyChange change) {
        this.change = change;
    }

    /** Returns its number. */
    public long getNumber() {
        return change.number();
    }

    /** Returns when it was. */
    public Date getWhen() {
        return Date.from(change.when());
    }

    /** Returns the policy before; empty if there was none. */
    public String getFrom() {
        return change.from().orElse("");
    }

    /** Returns the policy after; empty if there is none. */
    public String getTo() {
        return change.to().orElse("");
    }

    /** Returns why. */
    public String getCause() {
        return change.cause();
    }

    /** Returns who did it. */
    public String getWho() {
        return change.who();
    }

    /** Returns how many loops have followed. */
    public int getLoops() {
        return change.loops();
    }

    /** Returns how many loops are still to follow. */
    public int getToFollow() {
        return change.toFollow();
    }

    /** Returns how many connections were carried over. */
    public int getKept() {
        return change.kept();
    }

    /** Returns the loops that it is about: {@code process}, or a scope such as {@code loop:edge}. */
    public String getScope() {
        return change.scope().toString();
    }

    /** Returns how many connections were lost. */
    public int getLost() {
        return change.lost();
    }

    /** Returns the longest time that a loop did nothing else. */
    public double getLongestPauseSeconds() {
        return StatisticsView.seconds(change.longestPause());
    }
}
