package aio.driver.uring;

import aio.spi.Port;
import java.io.IOException;
import java.nio.channels.SelectionKey;

/**
 * One adopted channel: its descriptor, and what is in flight on it: at most one operation of each kind. A port prepares
 * what it wants of the ring in the poll, all of a turn at once. Loop thread only.
 */
abstract class UringPort implements Port {
    /** The kinds of operation: a receive that repeats by itself, polls that end with their first completion, a send. */
    static final int RECEIVE = 0;
    static final int READABLE = 1;
    static final int WRITABLE = 2;
    static final int SEND = 3;

    private static final int POLL_IN = 1;
    private static final int POLL_OUT = 4;

    final UringDriver driver;
    final SelectionKey key;
    final int descriptor;
    private final long number;
    private int inFlight;
    private int withdrawn;
    private long preparation = PortQueue.NO_PLACE; // its place among those that are to prepare
    private long delivery = PortQueue.NO_PLACE; // its place among those that are to deliver
    private boolean releasing; // while something is handed back, which may lead here again
    private boolean released;

    UringPort(UringDriver driver, SelectionKey key) throws IOException {
        this.driver = driver;
        this.key = key;
        this.descriptor = driver.descriptors().of(key);
        this.number = driver.ports().add(this);
    }

    /** Prepares the operations that are wanted and not in flight. */
    abstract void prepare(Ring ring) throws IOException;

    /** Takes the result of an operation. */
    abstract void completed(int kind, int result, int flags) throws IOException;

    /** Returns how many events are to be delivered. */
    abstract int results();

    abstract void deliver();

    /** Hands back what was not delivered; nothing is in flight any more. */
    abstract void handBack();

    /** Releases what it holds of the driver's memory, which goes away. */
    void driverClosed() {}

    // ---- what is in flight

    /** Returns what the kernel gets with an operation of a kind. */
    final long user(int kind) {
        return PortTable.user(number, kind);
    }

    final boolean isInFlight(int kind) {
        return (inFlight & 1 << kind) != 0;
    }

    final long begin(int kind) {
        inFlight |= 1 << kind;
        withdrawn &= ~(1 << kind);
        return user(kind);
    }

    /** Asks the kernel once when the channel is readable or writable; harmless if it is asked already. */
    final void ask(Ring ring, int kind) {
        if (!isInFlight(kind)) {
            int mask = kind == READABLE ? POLL_IN : POLL_OUT;
            ring.prepare(Ring.POLL_ADD, 0, descriptor, 0, 0, mask, begin(kind));
        }
    }

    /** Lets the kernel end an operation; its last completion is still to come. */
    final void withdraw(Ring ring, int kind) {
        if (isInFlight(kind) && (withdrawn & 1 << kind) == 0) {
            withdrawn |= 1 << kind;
            ring.prepare(Ring.ASYNC_CANCEL, Ring.SILENT_IF_DONE, -1, user(kind), 0, 0, Rings.IGNORED);
        }
    }

    /** Prepares the withdrawal of all operations; returns false if nothing is in flight. */
    final boolean withdrawAll(Ring ring) {
        for (int kind = RECEIVE; kind <= WRITABLE; kind++) {
            withdraw(ring, kind);
        }
        return inFlight != 0;
    }

    final void end(int kind) {
        inFlight &= ~(1 << kind);
    }

    /** The ring was closed with all that was in flight. */
    final void ringClosed() {
        inFlight = 0;
        withdrawn = 0;
        prepareSoon();
    }

    // ---- turns

    /** Schedules {@link #prepare} for the next poll. */
    final void prepareSoon() {
        if (preparation == PortQueue.NO_PLACE && !released) {
            preparation = driver.prepareSoon(this);
        }
    }

    final void prepareNow(Ring ring) throws IOException {
        preparation = PortQueue.NO_PLACE;
        if (isLive()) {
            prepare(ring);
        }
    }

    /** Schedules {@link #deliver} for the next dispatch. */
    final void deliverSoon() {
        if (delivery == PortQueue.NO_PLACE && !released) {
            delivery = driver.deliverSoon(this);
        }
    }

    final void deliverNow() {
        delivery = PortQueue.NO_PLACE;
        if (isLive()) {
            deliver();
        }
    }

    /** Tells whether this is a listening socket: those come first. */
    boolean comesFirst() {
        return false;
    }

    /** Returns false once released, and once the channel was closed under the driver: its key is then invalid. */
    final boolean isLive() {
        return !released && key.isValid();
    }

    final boolean isReleased() {
        return released;
    }

    @Override
    public final void release() {
        if (released || releasing) {
            return;
        }
        releasing = true;
        try {
            releaseNow();
        } finally {
            releasing = false; // if it has failed, the core asks once more
        }
    }

    private void releaseNow() {
        try {
            driver.withdraw(this);
        } finally {
            handBack();
            released = true;
            driver.prepareNever(this, preparation);
            driver.deliverNever(this, delivery);
            driver.ports().remove(number);
            driver.released(this);
        }
    }
}
