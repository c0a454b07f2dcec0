package aio.policy.fleet.node;

import java.time.Duration;

/**
 * How often a node looks, besides being told by ZooKeeper. Immutable.
 *
 * @param look at what is wanted of it, and at how it is
 * @param lead at the roll-out, if it is the coordinator
 */
public record Pace(Duration look, Duration lead) {

    /** Once a second, and four times a second. */
    public static Pace normal() {
        return new Pace(Duration.ofSeconds(1), Duration.ofMillis(250));
    }
}
