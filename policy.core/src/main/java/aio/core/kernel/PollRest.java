package aio.core.kernel;

/**
 * Decides when a turn that has callbacks to run need not ask for I/O first: asking costs several hundred nanoseconds.
 * At most {@value #MOST_TURNS} turns in a row, no later than 20 microseconds after the last poll, and never in the turn
 * after one in which anything happened to a channel: what a callback writes, the next turn finds answered, as in
 * asyncio. Loop thread.
 */
final class PollRest {
    private static final int MOST_TURNS = 16;
    private static final long LONGEST_NANOS = 20_000;

    private boolean io = true;
    private boolean begun;
    private int passedOver;
    private long end;

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
        begun = false;
        passedOver = 0;
    }

    /** This turn has callbacks to run; without this after a poll there is no rest. */
    void callbacksBegin() {
        if (!begun && !io) {
            begun = true;
            end = System.nanoTime() + LONGEST_NANOS;
        }
    }

    boolean mayPassOver() {
        return !io && begun && passedOver++ < MOST_TURNS && System.nanoTime() - end < 0;
    }
}
