package aio.policy.jmx;

import aio.policy.Canary;
import aio.policy.PolicyTrial;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** A policy that is tried, as JMX shows it. */
public final class TrialView {
    private final PolicyTrial trial;

    TrialView(PolicyTrial trial) {
        this.trial = trial;
    }

    /** Returns a number that no other trial has. */
    public long getNumber() {
        return trial.number();
    }

    /** Returns the name of the policy. */
    public String getPolicy() {
        return trial.policy();
    }

    /** Returns which loops went first, such as {@code 50%}; empty if all have. */
    public String getCanary() {
        return trial.canary().map(Canary::toString).orElse("");
    }

    /** Returns {@code watched}, {@code staying}, {@code passed}, {@code rolled back} or {@code ended}. */
    public String getState() {
        return trial.state().toString();
    }

    /** Tells whether it is over. */
    public boolean isOver() {
        return trial.state().isOver();
    }

    /** Returns when it began. */
    public Date getBegan() {
        return Date.from(trial.began());
    }

    /** Returns when it is decided at the latest; null if nothing is watched. */
    public @Nullable Date getUntil() {
        return trial.until().map(Date::from).orElse(null);
    }

    /** Returns what was seen, or how it ended and why, in a line. */
    public String getText() {
        return trial.text();
    }
}
