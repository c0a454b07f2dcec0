package aio.link;

import aio.loop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Knows which loop runs on each thread. For authors of loops: set it when the loop starts to run on a thread, and clear
 * it in every case when the run ends. Users call {@code EventLoops.getRunningLoop()}. Policies do not take part.
 *
 * <p>Thread safety: each thread sees its own. Asyncio: {@code _set_running_loop}.
 */
public final class RunningLoop {
    private static final ThreadLocal<@Nullable EventLoop> SLOT = new ThreadLocal<>();

    private RunningLoop() {}

    /** Returns the loop that runs on this thread, or null. */
    public static @Nullable EventLoop get() {
        return SLOT.get();
    }

    /** Sets the loop that runs on this thread; null clears it and removes the thread-local value. */
    public static void set(@Nullable EventLoop loop) {
        if (loop == null) {
            SLOT.remove();
        } else {
            SLOT.set(loop);
        }
    }
}
