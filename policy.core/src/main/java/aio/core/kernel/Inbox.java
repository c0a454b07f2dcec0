package aio.core.kernel;

import java.util.ArrayDeque;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/** Callbacks from other threads, in the order of their arrival. */
final class Inbox {
    private static final int CHUNK = 256;

    private final MpscUnboundedAtomicArrayQueue<Runnable> queue = new MpscUnboundedAtomicArrayQueue<>(CHUNK);

    /**
     * Any thread. Whoever adds can rely on it that a loop which looks into {@link #isEmpty} after this began either sees
     * it, or had said before that it sleeps: the place is taken with a full fence.
     */
    void add(Runnable callback) {
        queue.offer(callback);
    }

    /** Any thread. */
    boolean isEmpty() {
        return queue.isEmpty();
    }

    /**
     * Moves what is here to the end of what is ready. What somebody is about to add is left for later: its thread may be
     * off its core. Loop thread.
     */
    void drainTo(ArrayDeque<Runnable> ready) {
        if (queue.isEmpty()) {
            return;
        }
        for (Runnable next = queue.relaxedPoll(); next != null; next = queue.relaxedPoll()) {
            ready.addLast(next);
        }
    }
}
