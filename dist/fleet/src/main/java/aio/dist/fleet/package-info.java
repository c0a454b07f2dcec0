/** A fleet to try out: a ZooKeeper, and some containers of {@code ./run} as its nodes. */
@NullMarked
package aio.dist.fleet;

import org.jspecify.annotations.NullMarked;
