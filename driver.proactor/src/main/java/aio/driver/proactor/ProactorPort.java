package aio.driver.proactor;

import aio.driver.nio.NioPort;
import java.nio.channels.SelectionKey;

/** One adopted channel, and the operations that are posted on it. Loop thread only. */
abstract class ProactorPort extends NioPort {
    ProactorPort(SelectionKey key) {
        super(key);
    }

    /** Carries out what is posted; in poll. */
    abstract void ready(int operations);

    @Override
    protected abstract void handBack();

    /** Asks the kernel to report; costs nothing if it was asked before. */
    final void ask(int operation) {
        interest(interest() | operation);
    }

    final void askNoMore(int operations) {
        interest(interest() & ~operations);
    }

    /** Tells whether an operation can still be carried out. */
    final boolean serves() {
        return isLive();
    }

    /** Tells whether the loop has taken the channel back. */
    final boolean isGone() {
        return isReleased();
    }
}
