package aio.policy.fleet.rollout;

import java.time.Duration;
import java.util.Map;

/**
 * What a coordinator sees when it asks what is next. Immutable. All times are its own, of a clock that only goes
 * forward.
 *
 * @param reports of the nodes that are there, by name
 * @param absent how long each node that is not there has been missed
 * @param inPhase how long this coordinator has seen the roll-out in its phase
 */
public record Observation(Map<String, Report> reports, Map<String, Duration> absent, Duration inPhase) {

    /** Makes an observation; the maps are copied. */
    public Observation {
        reports = Map.copyOf(reports);
        absent = Map.copyOf(absent);
    }
}
