package aio.core.loop;

import aio.core.guard.Reading;
import aio.core.statistics.Histogram;
import aio.loop.EventLoop;
import aio.spi.IoDriverFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all loops now and then: what they have done since it began, and how long each takes to run a callback of
 * another thread. Such a callback is given to a loop at each look, if the last one was run: so a driver that is late
 * with its poll is seen, too, which the loop's own figures do not show. Made, and asked, by one thread at a time.
 */
public final class Observation {
    private final Set<CoreLoop> loops;
    private final Map<CoreLoop, Observed> observed = new IdentityHashMap<>();

    /**
     * One loop.
     *
     * @param driver what it is on; null if it is parked or closed
     * @param follows whether it follows the policy
     * @param before what it had done before the observation began
     * @param now what it has done since
     */
    public record Seen(
            EventLoop loop, boolean follows, @Nullable IoDriverFactory driver, Reading before, Reading now) {}

    /** Begins to observe: with the loops that are open now, and each that is made later from its beginning. */
    Observation(Set<CoreLoop> loops) {
        this.loops = loops;
        for (CoreLoop loop : loops) {
            observed.put(loop, new Observed(loop, reading(loop, new Histogram(), Duration.ZERO)));
        }
    }

    /** Counts lags from now on; failures are counted from the beginning. */
    public void settled() {
        observed.values().forEach(Observed::settle);
    }

    /** Looks at all loops that were open since the beginning; those that are closed stay as they were seen last. */
    public List<Seen> look() {
        for (CoreLoop loop : loops) {
            observed.computeIfAbsent(loop, Observed::ofNew);
        }
        List<Seen> all = new ArrayList<>();
        observed.forEach((loop, each) -> all.add(each.look(loops.contains(loop))));
        return all;
    }

    private static Reading reading(CoreLoop loop, Histogram beats, Duration underWay) {
        return Reading.of(loop.statistics(), beats.snapshot(), underWay);
    }

    /** A callback that was given to a loop. */
    private static final class Beat implements Runnable {
        private final long sent = System.nanoTime();
        private volatile long late = -1;

        @Override
        public void run() {
            late = Math.max(0, System.nanoTime() - sent);
        }
    }

    /** What is known of one loop. */
    private static final class Observed {
        private final CoreLoop loop;
        private final Histogram beats = new Histogram();
        private final Reading before;
        private @Nullable Beat beat;
        private @Nullable Reading settled;
        private @Nullable Reading last;

        Observed(CoreLoop loop, Reading before) {
            this.loop = loop;
            this.before = before;
        }

        static Observed ofNew(CoreLoop loop) {
            Histogram none = new Histogram();
            return new Observed(loop, new Reading(
                    loop.name(), none.snapshot(), none.snapshot(), Duration.ZERO, 0, 0));
        }

        void settle() {
            beat = null;
            settled = reading(loop, beats, Duration.ZERO);
        }

        Seen look(boolean open) {
            Reading earlier = last;
            if (!open && earlier != null) {
                last = earlier.over();
                return new Seen(loop, loop.isFollowing(), null, before, last);
            }
            Reading present = reading(loop, beats, open ? underWay() : Duration.ZERO);
            Reading all = present.since(before);
            Reading now = settled == null ? all : present.since(settled).withErrorsOf(all);
            last = now;
            return new Seen(loop, loop.isFollowing(), loop.kernel().seat().factory(), before, now);
        }

        /** Returns how long the loop does what it does; it gets a callback if it has none. */
        private Duration underWay() {
            Beat waiting = beat;
            long now = System.nanoTime();
            long busySince = loop.kernel().meter().busySince();
            long longest = busySince == 0 ? 0 : Math.max(0, now - busySince);
            if (loop.kernel().runner() == null) {
                beat = null; // no thread runs it: that is not its driver's fault
                return Duration.ZERO;
            }
            if (waiting != null && waiting.late < 0) {
                return Duration.ofNanos(Math.max(longest, now - waiting.sent));
            }
            if (waiting != null) {
                beats.record(waiting.late);
            }
            beat = send();
            return Duration.ofNanos(longest);
        }

        private @Nullable Beat send() {
            Beat next = new Beat();
            try {
                loop.kernel().post(next);
                return next;
            } catch (IllegalStateException | RejectedExecutionException e) {
                return null; // it is being closed
            }
        }
    }
}
