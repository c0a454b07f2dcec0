package aio.core.kernel;

/**
 * Decides when a turn that has callbacks to run need not poll first: a poll costs several hundred nanoseconds. It
 * passes over at most {@value #MOST_TURNS} polls in a row, within 20 microseconds of the last one, and never in the
 * turn after one in which something happened to a channel: the next turn sees the effect of what a callback writes, as
 * in asyncio. Loop thread.
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

    /** This turn polls. */
    void polled() {
        io = false;
        begun = false;
        passedOver = 0;
    }

    /** This turn has callbacks to run; without this call after a poll, the next poll is not passed over. */
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
