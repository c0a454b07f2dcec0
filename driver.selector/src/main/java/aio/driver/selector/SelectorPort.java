package aio.driver.selector;

import aio.spi.Port;
import java.nio.channels.SelectionKey;

/** One adopted channel: its key, and what is wanted of it. Loop thread only. */
abstract class SelectorPort implements Port {
    private final SelectionKey key;
    private int interest;
    private boolean released;

    SelectorPort(SelectionKey key) {
        this.key = key;
    }

    /** Delivers; {@code operations} are ready and still of interest. */
    abstract void deliver(int operations);

    /** Delivers what a poll found ready, as far as it is still wanted. */
    final void deliverReady(int ready) {
        int operations = ready & interest;
        if (operations != 0 && isWorthDelivering()) {
            deliver(operations);
        }
    }

    /** Tells whether the channel is still there; its owner may have closed it since it was collected. */
    boolean isWorthDelivering() {
        return isLive();
    }

    final boolean wants(int operation) {
        return (interest & operation) != 0;
    }

    final void want(int operation) {
        interest(interest | operation);
    }

    final void drop(int operation) {
        interest(interest & ~operation);
    }

    /** Sets the interest; costs nothing if it does not change. */
    final void interest(int operations) {
        if (operations != interest && isLive()) {
            interest = operations;
            key.interestOps(operations);
        }
    }

    /** Returns false once released, and once the channel was closed under the driver: its key is then invalid. */
    private boolean isLive() {
        return !released && key.isValid();
    }

    @Override
    public final void release() {
        if (!released) {
            released = true;
            interest = 0;
            // the next poll flushes it, as any selection does
            key.cancel();
        }
    }
}
