/** The raw operations of sockets, asyncio's {@code sock_recv} and its siblings. */
@NullMarked
package aio.core.net.raw;

import org.jspecify.annotations.NullMarked;
