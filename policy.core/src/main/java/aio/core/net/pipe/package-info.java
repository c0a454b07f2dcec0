/** Pipes: transports on channels that a selector takes, and threads for those that it does not. */
@NullMarked
package aio.core.net.pipe;

import org.jspecify.annotations.NullMarked;
