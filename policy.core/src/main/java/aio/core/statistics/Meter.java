package aio.core.statistics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one loop counts and times. It costs two looks at the clock for each poll, and allocates nothing. The loop's
 * thread writes, without the fences of volatile fields; any thread reads, and may miss what is being counted. Every
 * access is opaque: each number is whole and arrives, but two of them may be of different moments.
 */
public final class Meter {
    /**
     * Off with {@code -Daio.statistics=false}, to measure what they cost: then every figure stays 0, and no loop is
     * seen to be held up.
     */
    private static final boolean ON = !"false".equals(System.getProperty("aio.statistics"));

    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle BUSY_SINCE;
    private static final VarHandle WAITS_SINCE;
    private static final VarHandle WAITED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BUSY_SINCE = lookup.findVarHandle(Meter.class, "busySince", long.class);
            WAITS_SINCE = lookup.findVarHandle(Meter.class, "waitsSince", long.class);
            WAITED = lookup.findVarHandle(Meter.class, "waited", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long madeAt = System.nanoTime();
    private final long[] counts = new long[Count.values().length];
    private final Histogram delay = new Histogram();
    private final Histogram timerDelay = new Histogram();
    private final Histogram pauses = new Histogram();

    /** The beginning of the present work; 0 while the loop waits, or no thread runs it. */
    private long busySince;
    /** The beginning of the present wait; 0 while the loop works, or no thread runs it. */
    private long waitsSince;
    private long waited;

    // ---- the loop's thread

    /** Counts one. */
    public void count(Count what) {
        add(what, 1);
    }

    /** Counts several. */
    public void add(Count what, long howMany) {
        if (ON) {
            int index = what.ordinal();
            COUNTS.setOpaque(counts, index, counts[index] + howMany);
        }
    }

    /** A run begins: there is work. */
    public void runBegins() {
        if (ON) {
            BUSY_SINCE.setOpaque(this, clock());
        }
    }

    /** The loop is about to poll, and may wait: what it did since the last poll is one piece of work. */
    public void polls() {
        if (!ON) {
            return;
        }
        long now = clock();
        delay.record(now - busySince);
        WAITS_SINCE.setOpaque(this, now);
        BUSY_SINCE.setOpaque(this, 0L);
    }

    /** The loop has polled, and has work again. */
    public void polled() {
        if (!ON) {
            return;
        }
        long now = clock();
        WAITED.setOpaque(this, waited + (now - waitsSince));
        WAITS_SINCE.setOpaque(this, 0L);
        BUSY_SINCE.setOpaque(this, now);
    }

    /** A run ends. */
    public void runEnds() {
        if (!ON) {
            return;
        }
        if (busySince != 0) {
            delay.record(clock() - busySince);
            BUSY_SINCE.setOpaque(this, 0L);
        }
        WAITS_SINCE.setOpaque(this, 0L);
    }

    /** A timer runs late. */
    public void timerIsLate(long nanos) {
        if (ON) {
            timerDelay.record(nanos);
        }
    }

    /** An exchange of the driver is over; {@code pauseNanos} is its longest pause. */
    public void exchanged(long pauseNanos) {
        pauses.record(pauseNanos);
    }

    /** Never returns 0, which means that nothing is timed. */
    private static long clock() {
        long now = System.nanoTime();
        return now == 0 ? 1 : now;
    }

    // ---- any thread

    /** Returns the time since which the loop has been at work without a poll, by the system's clock; 0 if it is not. */
    public long busySince() {
        return (long) BUSY_SINCE.getOpaque(this);
    }

    long get(Count what) {
        return (long) COUNTS.getOpaque(counts, what.ordinal());
    }

    /** Returns how long the loop has been at work, the present work included. */
    long busy() {
        long since = busySince();
        long ended = delay.total();
        return ended + underWay(since, busySince());
    }

    /** Returns how long the loop has waited, the present wait included. */
    long waited() {
        long since = (long) WAITS_SINCE.getOpaque(this);
        long ended = (long) WAITED.getOpaque(this);
        return ended + underWay(since, (long) WAITS_SINCE.getOpaque(this));
    }

    /** Returns how long something has lasted; 0 if it ended during the reads: it may have been added already. */
    private static long underWay(long since, long sinceLater) {
        return since == 0 || since != sinceLater ? 0 : Math.max(0, clock() - since);
    }

    long madeAt() {
        return madeAt;
    }

    Histogram delay() {
        return delay;
    }

    Histogram timerDelay() {
        return timerDelay;
    }

    Histogram pauses() {
        return pauses;
    }
}
