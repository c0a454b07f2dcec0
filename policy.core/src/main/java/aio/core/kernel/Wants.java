package aio.core.kernel;

import aio.spi.IoDriverFactory;

/** Where the wanted value is published, for all loops of a core. Any thread. */
public final class Wants {
    // A loop writes that it moves before it reads this again; who publishes writes this before it reads where the loops
    // stand. So either the loop sees the new value before it opens a driver, or the publisher sees that it moves.
    private volatile Wanted current = Wanted.NOTHING;

    private volatile GivenUp listener = (loopName, driver, reason) -> {};

    /**
     * Told of a driver that has failed too often on a loop. On the loop's thread: it must not wait, nor call foreign
     * code.
     */
    @FunctionalInterface
    public interface GivenUp {
        void givenUp(String loopName, IoDriverFactory driver, String reason);
    }

    /** Returns the value that holds. */
    public Wanted current() {
        return current;
    }

    /** Publishes the next value; the caller sees to it that generations are published in their order. */
    public void publish(Wanted next) {
        current = next;
    }

    /** Sets who is told of drivers that have failed too often. */
    public void tellGivenUp(GivenUp newListener) {
        listener = newListener;
    }

    void givenUp(String loopName, IoDriverFactory driver, String reason) {
        listener.givenUp(loopName, driver, reason);
    }
}
