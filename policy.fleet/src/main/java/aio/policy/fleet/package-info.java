/**
 * A fleet: one decision on every node, wave by wave, through ZooKeeper. Here are the component, which does nothing
 * without a configuration, and the commands.
 */
@NullMarked
package aio.policy.fleet;

import org.jspecify.annotations.NullMarked;
