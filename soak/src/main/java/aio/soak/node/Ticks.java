package aio.soak.node;

import aio.loop.EventLoop;
import aio.soak.load.Faults;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** Timers of one loop that set themselves again: none fires early, none is lost. */
final class Ticks {
    private static final int CHAINS = 200;
    private static final int LONGEST_MILLIS = 1_000;
    private static final long LOST_AFTER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final EventLoop loop;
    private final Faults faults;
    private final Random random = new Random(2);
    private final AtomicLongArray due = new AtomicLongArray(CHAINS);
    private volatile long fired;
    private volatile boolean ended;

    Ticks(EventLoop loop, Faults faults) {
        this.loop = loop;
        this.faults = faults;
        loop.callSoonThreadsafe(() -> {
            for (int chain = 0; chain < CHAINS; chain++) {
                next(chain);
            }
        });
    }

    private void next(int chain) {
        Duration delay = Duration.ofMillis(1 + random.nextInt(LONGEST_MILLIS));
        long when = loop.time().plus(delay).toNanos();
        due.set(chain, when);
        loop.callLater(delay, () -> fire(chain, when));
    }

    private void fire(int chain, long when) {
        fired++;
        long now = loop.time().toNanos();
        if (now < when) {
            faults.add("loop " + loop.name() + ": a timer was " + (when - now) + " ns early");
        }
        if (!ended) {
            next(chain);
        }
    }

    long fired() {
        return fired;
    }

    /** Adds a fault for each timer that should have fired long ago. */
    void check() {
        long now = loop.time().toNanos();
        for (int chain = 0; chain < CHAINS; chain++) {
            if (now - due.get(chain) > LOST_AFTER_NANOS) {
                faults.add("loop " + loop.name() + ": a timer is "
                        + TimeUnit.NANOSECONDS.toSeconds(now - due.get(chain))
                        + " s late");
            }
        }
    }

    void end() {
        check();
        ended = true;
    }
}
