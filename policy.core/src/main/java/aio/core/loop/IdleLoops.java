package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.core.thread.CoreThreads;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Brings loops that no thread runs to the wanted driver, on threads of the core: a driver whose {@code open} does not
 * return holds up one of these threads, and nothing else. A thread ends when there is nothing left to do. Any thread.
 */
final class IdleLoops {
    private static final int MOST_THREADS = 8;

    private final Deque<Kernel> waiting = new ArrayDeque<>(); // guarded by this
    private int threads; // guarded by this

    /** Lets a loop look at what is wanted: at its next safepoint, or here if no thread runs it. */
    void nudge(Kernel kernel) {
        if (kernel.nudge()) {
            return;
        }
        synchronized (this) {
            waiting.add(kernel);
            if (threads >= Math.min(MOST_THREADS, waiting.size())) {
                return;
            }
            threads++;
        }
        CoreThreads.newThread("aio-exchange", this::work).start();
    }

    private void work() {
        for (Kernel next = next(); next != null; next = next()) {
            next.migrateIfIdle();
        }
    }

    private synchronized @Nullable Kernel next() {
        Kernel next = waiting.poll();
        if (next == null) {
            threads--;
        }
        return next;
    }
}
