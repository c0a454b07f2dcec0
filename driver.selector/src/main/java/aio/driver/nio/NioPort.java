package aio.driver.nio;

import aio.spi.Port;
import java.nio.channels.SelectionKey;

/** One adopted channel: its key, and what the selector is to report of it. Loop thread only. */
public abstract class NioPort implements Port {
    private final SelectionKey key;
    private int interest;
    private boolean released;

    /** Makes a port with no interest. */
    protected NioPort(SelectionKey key) {
        this.key = key;
    }

    /** Returns what the selector is to report; nothing once released. */
    protected final int interest() {
        return interest;
    }

    /** Sets what the selector is to report. Costs nothing if it does not change; no effect once released. */
    protected final void interest(int operations) {
        if (operations != interest && isLive()) {
            interest = operations;
            key.interestOps(operations);
        }
    }

    /** Returns false once released, and once the channel was closed under the driver: its key is then invalid. */
    protected final boolean isLive() {
        return !released && key.isValid();
    }

    /** Tells whether the loop has taken the channel back. */
    protected final boolean isReleased() {
        return released;
    }

    /** Hands back what was not delivered, and ends all operations. Called once, when the port was released. */
    protected void handBack() {}

    @Override
    public final void release() {
        if (!released) {
            released = true;
            interest = 0;
            key.cancel(); // the next poll flushes it, as any selection does
            handBack();
        }
    }
}
