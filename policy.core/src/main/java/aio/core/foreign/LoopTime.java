package aio.core.foreign;

import aio.loop.LoopClock;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The time of one loop, in nanoseconds from 0 on: that of the system, or of a clock that the loop's maker has given and
 * that may fail. It never goes backwards. Any thread, except where stated.
 */
public final class LoopTime {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final long ORIGIN_NANOS = System.nanoTime();
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2; // what is added to it does not overflow

    private final @Nullable Given given;

    private LoopTime(@Nullable Given given) {
        this.given = given;
    }

    /** Returns the time of a loop by a clock; null for the system's. */
    public static LoopTime of(String loopName, @Nullable LoopClock clock) {
        return new LoopTime(clock == null ? null : new Given(loopName, clock));
    }

    /** Returns the time. */
    public long now() {
        Given clock = given;
        return clock == null ? System.nanoTime() - ORIGIN_NANOS : clock.now();
    }

    /** Tells whether the loop's waiting times are real time, not a clock's. */
    public boolean isReal() {
        return given == null;
    }

    /** Returns how long the loop is really to wait, negative for without limit. Loop thread. */
    public long nanosToWait(long nanosToTimer) {
        Given clock = given;
        return clock == null ? nanosToTimer : clock.nanosToWait(nanosToTimer);
    }

    /** The loop has waited, and nothing came. Loop thread. */
    public void waitedInVain(long nanosToTimer) {
        Given clock = given;
        if (clock != null) {
            clock.waitedInVain(nanosToTimer);
        }
    }

    /** Returns which one of several timers of one deadline runs next, from 0. Loop thread. */
    public int next(int count) {
        Given clock = given;
        return clock == null || count < 2 ? 0 : clock.next(count);
    }

    /** A clock that the loop's maker has given; from its first failure on the system's clock takes over. */
    private static final class Given {
        private final String loopName;
        private final LoopClock clock;
        private final AtomicLong latest = new AtomicLong(); // each reading raises it: no thread sees time go back
        private long origin;

        // Written once, under the monitor; read without. A thread that reads null asks the clock; if that fails too,
        // it takes the monitor and finds what the first thread has written.
        private volatile @Nullable Broken broken;

        /** The time at the failure of the clock, by the system's clock and by that of the loop. */
        private record Broken(long systemNanos, long loopNanos) {
            long now() {
                return loopNanos + (System.nanoTime() - systemNanos);
            }
        }

        Given(String loopName, LoopClock clock) {
            this.loopName = loopName;
            this.clock = clock;
            try {
                origin = clock.nanoTime();
            } catch (Throwable failure) {
                failed(failure);
            }
        }

        long now() {
            Broken present = broken;
            if (present == null) {
                try {
                    long told = clock.nanoTime() - origin;
                    return latest.accumulateAndGet(Math.min(told, LONGEST_NANOS), Math::max);
                } catch (Throwable failure) {
                    present = failed(failure);
                }
            }
            return latest.accumulateAndGet(present.now(), Math::max);
        }

        long nanosToWait(long nanosToTimer) {
            if (broken == null && nanosToTimer != 0) {
                try {
                    return clock.nanosToWait(nanosToTimer);
                } catch (Throwable failure) {
                    failed(failure);
                }
            }
            return nanosToTimer;
        }

        void waitedInVain(long nanosToTimer) {
            if (broken == null && nanosToTimer != 0) {
                try {
                    clock.waitedInVain(nanosToTimer);
                } catch (Throwable failure) {
                    failed(failure);
                }
            }
        }

        int next(int count) {
            if (broken == null) {
                try {
                    return Objects.checkIndex(clock.next(count), count);
                } catch (Throwable failure) {
                    failed(failure);
                }
            }
            return 0;
        }

        /** Notes the first failure; from then on all threads continue from one time. */
        private synchronized Broken failed(Throwable failure) {
            Broken present = broken;
            if (present == null) {
                present = new Broken(System.nanoTime(), latest.get());
                broken = present;
                LOG.log(Level.WARNING, "the clock of loop \"" + loopName + "\" ("
                        + Text.ofInstance(clock) + ") failed, and the loop continues by the system's clock: "
                        + Text.of(failure), failure);
            }
            return present;
        }
    }
}
