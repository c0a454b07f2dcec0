/** Protocols on a network in memory: hours of them pass at once, and a seed that fails replays exactly. */
@NullMarked
package aio.proof.network;

import org.jspecify.annotations.NullMarked;
