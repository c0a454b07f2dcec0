/** Connections and servers of a loop: what the core puts between a protocol and the port of a driver. */
@NullMarked
package aio.core.net;

import org.jspecify.annotations.NullMarked;
