/**
 * The kernel of a loop: {@code Kernel} makes the turns, {@code CoreFuture} and {@code CoreTask} are what users wait
 * for, {@code DriverSeat} holds the driver, {@code Migration} exchanges it. What waits for its turn lies in
 * {@code queue}, what the loop is to run on in {@code wanted}.
 */
@NullMarked
package aio.core.kernel;

import org.jspecify.annotations.NullMarked;
