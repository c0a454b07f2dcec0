/** Keeps what is decided and reported in ZooKeeper: texts, versions, and who wins. Knows nothing of policies. */
@NullMarked
package aio.policy.fleet.store;

import org.jspecify.annotations.NullMarked;
