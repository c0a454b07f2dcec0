package aio.core.kernel;

import aio.core.kernel.wanted.Wanted;
import aio.spi.IoDriverFactory;
import java.util.Optional;

/** Where the wanted value is published, for all loops of a core. Any thread. */
public final class Wants {
    // A loop writes where it stands before it reads this again; a publisher writes this before it reads where the loops
    // stand. So either the loop sees the new value before it opens a driver, or the publisher sees that the loop moves.
    private volatile Wanted current = Wanted.NOTHING;

    private final LoopListeners listeners;
    // Set once while the core starts; read by loops that give a driver up
    private volatile GivenUp listener = (loopName, driver, reason) -> {};
    private volatile Runnable parked = () -> {}; // set once, like the one before

    /** Makes one for loops whose drivers have no known bundle. */
    public Wants() {
        this(new LoopListeners(type -> Optional.empty()));
    }

    /** Makes one for loops, with those who are told of what happens to them. */
    public Wants(LoopListeners listeners) {
        this.listeners = listeners;
    }

    /**
     * Receives a driver that has failed too often on a loop. On the loop's thread: it must not wait, nor call foreign
     * code.
     */
    @FunctionalInterface
    public interface GivenUp {
        void givenUp(String loopName, IoDriverFactory driver, String reason);
    }

    LoopListeners listeners() {
        return listeners;
    }

    /** Returns the value that is wanted now. */
    public Wanted current() {
        return current;
    }

    /** Publishes the next value; the caller makes sure that generations are published in their order. */
    public void publish(Wanted next) {
        current = next;
    }

    /** Sets the receiver of drivers that have failed too often. */
    public void tellGivenUp(GivenUp newListener) {
        listener = newListener;
    }

    /**
     * Sets what is done when a loop is parked because every driver that it could go to has failed on it. On the loop's
     * thread: it must not wait, nor call foreign code.
     */
    public void tellParked(Runnable newListener) {
        parked = newListener;
    }

    void parkedByFailures() {
        parked.run();
    }

    void givenUp(String loopName, IoDriverFactory driver, String reason) {
        listener.givenUp(loopName, driver, reason);
    }
}
