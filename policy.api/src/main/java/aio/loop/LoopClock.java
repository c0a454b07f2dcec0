package aio.loop;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The clock of one loop: {@link Scheduling#time}, timers, sleeps and timeouts of that loop use it, see
 * {@link LoopOptions#withClock}. A loop without one uses the system's monotonic clock. With one, a test can let hours
 * pass in milliseconds while the loop serves real sockets.
 *
 * <p>A loop waits for I/O in real time, whatever its clock says. It calls {@link #nanosToWait} before it waits, and
 * {@link #waitedInVain} when nothing came. In these two calls a clock may let time pass at once.
 *
 * <p>Some times are always the system's: how long a thread waits for a future, statistics, pauses of exchanges, how
 * long a loop is blocked, probes.
 *
 * <p>If a clock throws, that is logged once, and the loop continues with the system's clock from the time it has
 * reached. If a clock goes backwards, the time of the loop stands still until the clock has caught up.
 *
 * <p>Thread safety: {@link #nanoTime} from any thread; the other methods on the thread that runs the loop. They may
 * call only those methods of a loop that any thread may call. Implemented by tests and simulations. In asyncio tests
 * replace {@code time()} of a loop.
 */
@FunctionalInterface
@ConsumerType
public interface LoopClock {

    /**
     * Returns the time in nanoseconds. As with {@link System#nanoTime} only differences count, and it must not go
     * backwards. The first value, while the loop is made, is the beginning of its time.
     */
    long nanoTime();

    /**
     * Returns how long the loop waits in real time for I/O and other threads, in nanoseconds: 0 to look without
     * waiting, negative to wait until something comes. Called right before the loop waits, so only when it has nothing
     * to run; while nothing happens it is called again and again.
     *
     * @param nanosToTimer how long it is until the first timer is due, by this clock; negative if there is no timer.
     *     At most a day
     */
    default long nanosToWait(long nanosToTimer) {
        return nanosToTimer;
    }

    /**
     * Called after a wait in which nothing came, neither I/O nor a callback of another thread. If the clock lets time
     * pass now, timers that become due run in this turn.
     *
     * @param nanosToTimer how long it is until the first timer is due, by this clock; negative if there is no timer.
     *     At most a day
     */
    default void waitedInVain(long nanosToTimer) {}

    /**
     * Returns which one of several timers of one deadline, all of them due, is to run next: its place, from 0, in the
     * order of their scheduling. It is asked again for those that are left. The default returns 0, which keeps the
     * order of their scheduling; asyncio leaves that order open, so a test may try others.
     *
     * @param count how many there are; at least 2
     * @return from 0 to {@code count - 1}; anything else is a failure of the clock
     */
    default int next(int count) {
        return 0;
    }
}
