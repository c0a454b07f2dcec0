/**
 * The driver on Linux' io_uring: a loop's I/O by completions of the kernel, through {@code java.lang.foreign}, without
 * a native library. Embedded into the policy bundle that uses it, so that exchanging the policy exchanges this code.
 *
 * <p>{@link aio.driver.uring.SystemCalls} is the only class that calls the system; with {@link aio.driver.uring.Ring},
 * {@link aio.driver.uring.ReceiveBuffers} and {@link aio.driver.uring.SendSlots} it is the only one that touches memory
 * which the kernel shares. All of it is in segments with bounds: what the kernel says is checked before it is used, and
 * an offset that is wrong all the same causes an exception, not a wild access.
 */
package aio.driver.uring;
