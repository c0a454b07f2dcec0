package aio.core.foreign;

import aio.loop.LoopExit;
import org.jspecify.annotations.Nullable;

/** Decides what may leave a loop: {@link aio.loop.LoopExit} alone. */
public final class Guard {
    private Guard() {}

    /**
     * Rethrows what may leave the loop; returns for everything else, which is a failure of the code that threw it.
     */
    public static void rethrowExit(@Nullable Throwable thrown) {
        if (thrown instanceof LoopExit exit) {
            throw exit;
        }
    }
}
