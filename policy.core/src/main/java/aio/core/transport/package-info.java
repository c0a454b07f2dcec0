/** What the transports of all kinds have in common: how they end, when their writers pause, how they keep a port. */
@NullMarked
package aio.core.transport;

import org.jspecify.annotations.NullMarked;
