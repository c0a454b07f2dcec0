package aio.driver.proactor;

import aio.spi.Port;
import java.nio.channels.SelectionKey;

/** One adopted channel: its key, and what the kernel is to report of it. Loop thread only. */
abstract class ProactorPort implements Port {
    private final SelectionKey key;
    private int asked;
    private boolean released;

    ProactorPort(SelectionKey key) {
        this.key = key;
    }

    /** Carries out what is posted; in poll. */
    abstract void ready(int operations);

    /** Hands back what was not delivered, and ends all operations. */
    abstract void handBack();

    /** Asks the kernel to report; costs nothing if it was asked before. */
    final void ask(int operation) {
        ask(asked | operation, isLive());
    }

    final void askNoMore(int operations) {
        ask(asked & ~operations, isLive());
    }

    private void ask(int operations, boolean live) {
        if (live && operations != asked) {
            asked = operations;
            key.interestOps(operations);
        }
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
        if (released) {
            return;
        }
        released = true;
        // the next poll flushes it, as any selection does
        key.cancel();
        handBack();
    }
}
