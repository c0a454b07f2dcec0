/** What runs on a node: the agent that does what is decided for it, and the coordinator that one of the nodes is. */
@NullMarked
package aio.policy.fleet.node;

import org.jspecify.annotations.NullMarked;
