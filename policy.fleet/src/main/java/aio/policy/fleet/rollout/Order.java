package aio.policy.fleet.rollout;

import java.util.Optional;

/**
 * What one node is to do. Immutable.
 *
 * @param origin of the fleet
 * @param number a later order has a larger number
 * @param policy the name to be pinned; empty if nothing is to be pinned
 * @param who decided it
 * @param trial how the policy is to be tried; empty if it is just to be pinned
 */
public record Order(String origin, long number, String policy, String who, Optional<Decision> trial) {}
