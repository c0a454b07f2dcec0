/** Datagram endpoints. */
@NullMarked
package aio.core.net.datagram;

import org.jspecify.annotations.NullMarked;
