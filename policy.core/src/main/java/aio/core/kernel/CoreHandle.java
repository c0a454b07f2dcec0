package aio.core.kernel;

import aio.loop.Handle;
import org.jspecify.annotations.Nullable;

/** A scheduled callback. Also the link of the inbox, so that scheduling costs one object. */
class CoreHandle implements Handle {
    /** The one behind this in the inbox. */
    @Nullable CoreHandle next;

    private volatile @Nullable Runnable callback;
    private volatile boolean cancelled;

    CoreHandle(Runnable callback) {
        this.callback = callback;
    }

    /** Returns the callback, or null if it was cancelled. */
    final @Nullable Runnable callback() {
        return callback;
    }

    /** Runs the callback unless it was cancelled. Loop thread. */
    void run() {
        Runnable present = callback;
        if (present != null) {
            present.run();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        callback = null; // so that what it holds can be collected
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public String toString() {
        Runnable present = callback;
        return "<Handle " + (present == null ? "cancelled" : present.toString()) + ">";
    }
}
