package aio.policy.fleet.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a node tells of itself. Immutable.
 *
 * @param node its name
 * @param instance made anew at each start of the node: two nodes of one name are told apart
 * @param policy the current policy; empty if there is none
 * @param engine the driver of that policy
 * @param bundle the bundle of that policy
 * @param localPin what an operator has pinned on the node, against the order; empty if nothing is
 * @param order the number of the last order that was taken up; 0 if none was
 * @param answer what became of that order
 * @param why what is wrong, with figure and bundle; empty if nothing is
 * @param lag the lag that 99 of 100 looks for I/O of the slowest loop had lately
 * @param errors the share of connections that failed lately
 * @param since when the policy became current, by the node's clock: for people
 */
public record Report(String node, String instance, String policy, String engine, String bundle,
        Optional<String> localPin, long order, Answer answer, String why, Duration lag, double errors, Instant since) {}
