/** Where ZooKeeper's client logs to if the framework offers no SLF4J. */
@NullMarked
package aio.policy.fleet.log;

import org.jspecify.annotations.NullMarked;
