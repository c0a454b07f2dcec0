/** Connections and servers of a loop: what stands between a protocol and the port of a driver. */
@NullMarked
package aio.core.net;

import org.jspecify.annotations.NullMarked;
