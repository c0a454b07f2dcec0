package aio.policy.fleet.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an operator has decided for the fleet. Immutable.
 *
 * @param policy the name to be pinned; empty if nothing is to be pinned
 * @param waves how many nodes have moved after each wave
 * @param watch how long each wave is watched; zero if it is not
 * @param maxLag the limit of the lag; empty for that of the guard
 * @param maxErrors the limit of failures, a share; empty for that of the guard
 * @param allowRefused whether a node may refuse the policy
 * @param patience how long a node may be away, or take, before it counts as failed
 * @param who the operator, for people
 * @param when the operator's clock, for people
 */
public record Decision(String policy, List<Wave> waves, Duration watch, Optional<Duration> maxLag,
        Optional<Double> maxErrors, boolean allowRefused, Duration patience, String who, Instant when) {

    /** Makes a decision; the waves are copied. */
    public Decision {
        waves = List.copyOf(waves);
    }

    /** Returns what is to be pinned, for people. */
    public String target() {
        return target(policy);
    }

    /** Returns what is to be pinned, for people. */
    static String target(String policy) {
        return policy.isEmpty() ? "no pin" : "'" + policy + "'";
    }
}
