package aio.core.kernel.queue;

/**
 * Looks out for callbacks of other threads for a moment before the loop sleeps, if that has been worthwhile lately: a
 * wake-up takes longer than most replies. The more often it was in vain, the less often it is tried. Loop thread.
 */
public final class Lookout {
    private static final long LONGEST_NANOS = 50_000; // a wake-up takes 5 to 30 microseconds
    private static final int SHORTEST_WAIT = 4;
    private static final int LONGEST_WAIT = 4096;
    private static final boolean ALONE = Runtime.getRuntime().availableProcessors() < 2;

    private int wait = SHORTEST_WAIT;
    private int wakeupsLeft = SHORTEST_WAIT;

    /** The loop has slept. */
    public void slept(boolean wokenByCallback) {
        wakeupsLeft = wokenByCallback ? wakeupsLeft - 1 : wait;
    }

    /** Tells whether looking out has been worthwhile lately. */
    public boolean isWorthwhile() {
        return wakeupsLeft <= 0 && !ALONE;
    }

    /** Looks out for at most the given time, without limit if negative; returns whether a callback came. */
    public boolean sees(Inbox inbox, long mostNanos) {
        long start = System.nanoTime();
        long most = mostNanos < 0 ? LONGEST_NANOS : Math.min(mostNanos, LONGEST_NANOS);
        do {
            if (!inbox.isEmpty()) {
                wait = SHORTEST_WAIT;
                return true;
            }
            Thread.onSpinWait();
        } while (System.nanoTime() - start < most);
        wait = Math.min(LONGEST_WAIT, 2 * wait);
        wakeupsLeft = wait;
        return false;
    }
}
