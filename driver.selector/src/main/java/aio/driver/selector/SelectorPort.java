package aio.driver.selector;

import aio.driver.nio.NioPort;
import java.nio.channels.SelectionKey;

/** One adopted channel, and what is delivered of it. Loop thread only. */
abstract class SelectorPort extends NioPort {
    SelectorPort(SelectionKey key) {
        super(key);
    }

    /** Delivers; {@code operations} are ready and still of interest. */
    abstract void deliver(int operations);

    /** Delivers what a poll found ready, as far as it is still wanted. */
    final void deliverReady(int ready) {
        int operations = ready & interest();
        if (operations != 0 && isWorthDelivering()) {
            deliver(operations);
        }
    }

    /** Tells whether the channel is still there; its owner may have closed it since it was collected. */
    boolean isWorthDelivering() {
        return isLive();
    }

    final boolean wants(int operation) {
        return (interest() & operation) != 0;
    }

    final void want(int operation) {
        interest(interest() | operation);
    }

    final void drop(int operation) {
        interest(interest() & ~operation);
    }
}
