package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.core.thread.CoreExecutor;

/**
 * Brings loops that no thread runs to the wanted driver, on threads of the core: a driver whose {@code open} does not
 * return holds up its loop alone, as long as not all threads are held up. A thread ends when there is nothing left to
 * do. Any thread.
 */
final class IdleLoops {
    private static final int MOST_THREADS = 64;

    private final CoreExecutor threads = new CoreExecutor("aio-exchange", MOST_THREADS, 0);

    /** Lets a loop look at what is wanted: at its next safepoint, or here if no thread runs it. */
    void nudge(Kernel kernel) {
        if (!kernel.nudge()) {
            threads.execute(kernel::migrateIfIdle);
        }
    }
}
