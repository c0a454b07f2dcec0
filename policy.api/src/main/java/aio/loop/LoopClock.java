package aio.loop;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The time of a loop: what {@link Scheduling#time}, timers, sleeps and timeouts of that loop go by, see
 * {@link LoopOptions#withClock}. Without one, a loop goes by the system's monotonic clock. With one, a test can let
 * hours pass in milliseconds while the loop serves real sockets.
 *
 * <p>A loop waits for I/O in real time, whatever its clock says. So it asks the clock before it waits, and tells it
 * when nothing came: those are the two points at which a clock may let time pass at once.
 *
 * <p>What is real is measured by the system's clock all the same: how long a thread waits for a future, statistics,
 * pauses of exchanges, how long a loop is blocked, probes.
 *
 * <p>A clock that throws has failed: that is logged once, and the loop continues by the system's clock from where it
 * is. Time that goes backwards stands still until it has caught up.
 *
 * <p>Thread safety: {@link #nanoTime} from any thread; the rest on the thread that runs the loop. Implemented by tests
 * and simulations. Nothing of a loop may be called inside but what any thread may call. As asyncio's {@code time()},
 * which its users replace.
 */
@FunctionalInterface
@ConsumerType
public interface LoopClock {

    /**
     * Returns the time in nanoseconds. As with {@link System#nanoTime}, only differences matter, which must not become
     * negative. The time of the loop begins with what is answered while it is made.
     */
    long nanoTime();

    /**
     * Returns how long the loop is really to wait for I/O and other threads, in nanoseconds: 0 to look without waiting,
     * negative to wait until something comes. Called when the loop has nothing to run, right before it waits; never
     * when something is to be run. As long as nothing else happens it is called again and again.
     *
     * @param nanosToTimer how long it is until the first timer is due, by this clock; negative if there is no timer.
     *     At most a day
     */
    default long nanosToWait(long nanosToTimer) {
        return nanosToTimer;
    }

    /**
     * Is told that a wait is over in which nothing came: no I/O, and nothing of another thread. If time passes now,
     * timers that have become due run in this turn.
     *
     * @param nanosToTimer how long it is until the first timer is due, by this clock; negative if there is no timer.
     *     At most a day
     */
    default void waitedInVain(long nanosToTimer) {}
}
