package aio.core.kernel;

import aio.core.thread.Starts;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a loop whose driver fails to: tries until the loop has woken, for whatever reason, so that no callback is lost.
 * On at most one thread, which ends when that is done. Any thread.
 */
final class Waker {
    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

    private final Kernel kernel;
    private final DriverSeat seat;
    private boolean tries; // guarded by this
    private @Nullable Thread thread; // guarded by this; null until it has begun
    private @Nullable Sleep sleep; // guarded by this

    /** A turn in which the loop may sleep, on a driver that has missed a wake-up. */
    private record Sleep(Mount mount, long turn) {}

    Waker(Kernel kernel, DriverSeat seat) {
        this.kernel = kernel;
        this.seat = seat;
    }

    /** A wake-up has failed in a turn. */
    synchronized void wake(Mount woken, long turn) {
        sleep = new Sleep(woken, turn);
        if (tries) {
            LockSupport.unpark(thread);
        } else {
            tries = true;
            Starts.begin("aio-wakeup-" + kernel.loopName(), this::run);
        }
    }

    private void run() {
        long pause = FIRST_PAUSE_NANOS;
        Sleep before = null;
        for (Sleep next = next(); next != null; next = next()) {
            pause = next.equals(before) ? Math.min(LONGEST_PAUSE_NANOS, 2 * pause) : FIRST_PAUSE_NANOS;
            before = next;
            LockSupport.parkNanos(pause);
        }
    }

    /** Returns the turn that still sleeps after another attempt; null if there is none, and this thread is to end. */
    private @Nullable Sleep next() {
        Sleep last;
        synchronized (this) {
            thread = Thread.currentThread();
            last = sleep;
        }
        boolean sleeps = last != null && kernel.sleepsOn(last.turn()) && last.mount() == seat.mount()
                && last.mount().wakeup() != null;
        synchronized (this) {
            if (!sleeps && sleep == last) {
                sleep = null;
                tries = false;
                thread = null;
                return null;
            }
            return sleep;
        }
    }
}
