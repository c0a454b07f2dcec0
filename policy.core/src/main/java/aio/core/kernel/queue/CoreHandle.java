package aio.core.kernel.queue;

import aio.core.foreign.Text;
import aio.loop.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A scheduled callback; scheduling allocates this object and nothing else. Loop thread, so nothing is volatile.
 */
public class CoreHandle implements Handle {
    private @Nullable Runnable callback;

    public CoreHandle(Runnable callback) {
        this.callback = callback;
    }

    /** Returns the callback, or null if it was cancelled. */
    public final @Nullable Runnable callback() {
        return callback;
    }

    @Override
    public void cancel() {
        callback = null; // so that what it holds can be collected
    }

    @Override
    public boolean cancelled() {
        return callback == null;
    }

    @Override
    public String toString() {
        Runnable present = callback;
        return "<Handle " + (present == null ? "cancelled" : Text.of(present)) + ">";
    }
}
