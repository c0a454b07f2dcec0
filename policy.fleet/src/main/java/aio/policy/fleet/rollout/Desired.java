package aio.policy.fleet.rollout;

import java.time.Instant;

/**
 * What holds for every node that no roll-out has moved. Immutable.
 *
 * @param origin made once for a fleet: numbers of another fleet mean nothing
 * @param number of the decision; 0 if nothing was decided yet
 * @param policy the name to be pinned; empty if nothing is to be pinned
 * @param who decided it, for people
 * @param when the clock of whoever wrote it, for people
 */
public record Desired(String origin, long number, String policy, String who, Instant when) {

    /** Returns what holds in a fleet in which nothing was decided yet. */
    public static Desired nothing(String origin) {
        return new Desired(origin, 0, "", "nobody", Instant.EPOCH);
    }
}
