package aio.core.kernel;

/**
 * Decides when a turn that has callbacks to run need not ask for I/O first: asking costs several hundred nanoseconds. At
 * most {@value #MOST_TURNS} turns in a row, for at most 20 microseconds, and never in the turn after one in which
 * anything happened to a channel: what a callback writes, the next turn finds answered, as in asyncio. Loop thread.
 */
final class PollRest {
    private static final int MOST_TURNS = 16;
    private static final long LONGEST_NANOS = 20_000;

    private boolean io = true;
    private int passedOver;
    private long restUntil;

    /** Something happened to a channel in this turn. */
    void ioHappened() {
        io = true;
    }

    /** Tells whether something has happened since the last poll, that poll included. */
    boolean isIo() {
        return io;
    }

    /** This turn asks. */
    void polled() {
        io = false;
        passedOver = 0;
    }

    boolean mayPassOver() {
        if (io || passedOver == MOST_TURNS) {
            return false;
        }
        long now = System.nanoTime();
        if (passedOver++ == 0) {
            restUntil = now + LONGEST_NANOS;
            return true;
        }
        return now - restUntil < 0;
    }
}
