/**
 * The kernel of a loop, in the way of the data: {@code Inbox} and {@code ReadyQueue} take callbacks, {@code TimerHeap}
 * keeps those of later, {@code Kernel} makes the turns, {@code DriverSeat} holds the driver and exchanges it.
 */
@NullMarked
package aio.core.kernel;

import org.jspecify.annotations.NullMarked;
