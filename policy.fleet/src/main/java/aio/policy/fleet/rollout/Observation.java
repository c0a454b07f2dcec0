package aio.policy.fleet.rollout;

import java.time.Duration;
import java.util.Map;

/**
 * What a coordinator sees when it asks what is next. Immutable. All times are its own, of a clock that only goes
 * forward.
 *
 * @param reports of the nodes that are there, by name
 * @param waits how long each node has been waited for in the {@linkplain Rollouts.Stage stage} in which it is
 * @param inPhase how long this coordinator has seen the roll-out in its phase
 */
public record Observation(Map<String, Report> reports, Map<String, Duration> waits, Duration inPhase) {

    /** Makes an observation; the maps are copied. */
    public Observation {
        reports = Map.copyOf(reports);
        waits = Map.copyOf(waits);
    }
}
