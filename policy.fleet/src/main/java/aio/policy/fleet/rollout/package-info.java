/**
 * What a roll-out is and how it goes on: immutable values and pure functions. Knows neither ZooKeeper nor threads nor
 * clocks.
 */
@NullMarked
package aio.policy.fleet.rollout;

import org.jspecify.annotations.NullMarked;
