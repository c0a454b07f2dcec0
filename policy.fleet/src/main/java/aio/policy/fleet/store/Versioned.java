package aio.policy.fleet.store;

import aio.policy.fleet.rollout.State;

/**
 * What was read, and in which versions: only who has seen the newest ones can write. Immutable.
 *
 * @param state what is decided
 * @param desired the version of one half
 * @param rollout the version of the other half
 */
public record Versioned(State state, int desired, int rollout) {}
