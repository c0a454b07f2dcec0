/**
 * Connections and servers of a loop: what stands between a protocol and the port of a driver. Other channels have
 * packages of their own beside it: {@code datagram}, {@code pipe}, {@code raw}.
 */
@NullMarked
package aio.core.net;

import org.jspecify.annotations.NullMarked;
