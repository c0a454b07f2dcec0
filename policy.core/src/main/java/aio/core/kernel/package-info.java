/**
 * The kernel of a loop, in the order of the data: {@code Inbox} and {@code ReadyQueue} take callbacks,
 * {@code TimerHeap} keeps those that run later, {@code Kernel} makes the turns, {@code DriverSeat} holds the driver,
 * {@code Migration} exchanges it.
 */
@NullMarked
package aio.core.kernel;

import org.jspecify.annotations.NullMarked;
