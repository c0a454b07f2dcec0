package aio.core.thread;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Begins work beside its caller, each on a thread of the core. Nothing is lost, and no caller fails, if the system has
 * no thread left ({@code ulimit -u}, the limit of a container): then the work is kept, and begins with the first
 * thread of the core that has done its own work, with the next start that succeeds, or when {@link #again} finds that
 * there are threads again. Any thread; locks may be held.
 */
public final class Starts {
    private static final long FIRST_PAUSE_NANOS = 50_000_000; // the JVM prints two lines for each thread that it lacks
    private static final long LONGEST_PAUSE_NANOS = 3_000_000_000L;
    private static final long TRUSTED_NANOS = 100_000_000;
    private static final Deque<Work> KEPT = new ConcurrentLinkedDeque<>();
    private static final Pause PAUSE = new Pause();

    /** Starts a thread; only tests have another one, which they set before they begin work. */
    static volatile Consumer<Thread> starter = Thread::start;

    // When a thread was started last; long ago, if the last one could not be. Nothing else is published by it: a read
    // that misses the latest write tries a thread in vain, or trusts a moment too long.
    private static volatile long startedNanos = System.nanoTime() - TRUSTED_NANOS;

    private Starts() {}

    private record Work(String name, Runnable action) {}

    /** Decides when it is tried again. */
    private static final class Pause {
        private long nanos; // 0 if nothing is missing; this and the following guarded by this
        private long since;

        /** Tells whether it has begun just now. */
        synchronized boolean isNew() {
            boolean isNew = nanos == 0;
            nanos = isNew ? FIRST_PAUSE_NANOS : Math.min(LONGEST_PAUSE_NANOS, 2 * nanos);
            since = System.nanoTime();
            return isNew;
        }

        synchronized boolean lasts() {
            return System.nanoTime() - since < nanos;
        }

        /** Tells whether there was one. */
        synchronized boolean ends() {
            boolean was = nanos != 0;
            nanos = 0;
            return was;
        }
    }

    /**
     * Begins work on a thread of its own, at once if the system has one.
     *
     * @param name the name of the thread
     */
    public static void begin(String name, Runnable action) {
        Work work = new Work(name, action);
        if (!isBegun(work)) {
            KEPT.add(work);
        } else if (!KEPT.isEmpty()) {
            beginKept();
        }
    }

    private static boolean isBegun(Work work) {
        try {
            starter.accept(CoreThreads.newThread(work.name(), () -> doAll(work)));
            startedNanos = System.nanoTime();
            return true;
        } catch (OutOfMemoryError noThread) {
            startedNanos = System.nanoTime() - TRUSTED_NANOS;
            return false;
        }
    }

    private static void doAll(Work first) {
        first.action().run();
        for (Work next = KEPT.poll(); next != null; next = KEPT.poll()) {
            Thread.currentThread().setName(next.name());
            next.action().run();
        }
    }

    /**
     * Begins what is kept, if there is something, and threads for it. To be called now and then; returns what is to be
     * logged then, null if nothing is.
     */
    public static @Nullable String again() {
        if (KEPT.isEmpty()) {
            return PAUSE.ends() ? "the system has threads again: all work of the core has begun" : null;
        }
        if (PAUSE.lasts() || beginKept() || !PAUSE.isNew()) {
            return null;
        }
        return "the system has no thread left: some work of the core has to wait for one, and begins then; end some"
                + " threads, or raise the limits (ulimit -u, pids.max of the container)";
    }

    /** Begins what is kept; returns false if something is still to wait. */
    private static boolean beginKept() {
        for (Work next = KEPT.poll(); next != null; next = KEPT.poll()) {
            if (!isBegun(next)) {
                KEPT.addFirst(next);
                return false;
            }
        }
        return true;
    }

    /**
     * Tells whether the system has a thread left: one was started a moment ago, or one that does nothing can be started
     * now.
     */
    public static boolean isPossible() {
        return System.nanoTime() - startedNanos < TRUSTED_NANOS || isBegun(new Work("aio-check", () -> {}));
    }

    /** Tells whether work waits for a thread. */
    public static boolean isAnyKept() {
        return !KEPT.isEmpty();
    }
}
