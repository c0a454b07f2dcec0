package aio.core.kernel;

import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/** Callbacks and handles from other threads, in the order of their arrival. */
final class Inbox {
    private static final int CHUNK = 256;

    private final MpscUnboundedAtomicArrayQueue<Object> queue = new MpscUnboundedAtomicArrayQueue<>(CHUNK);

    /** Whether there may be something: what the loop asks at each callback, so it is one field. */
    private volatile boolean arrived;

    /**
     * Any thread. If the loop said that it sleeps before it asked {@link #isEmpty}, then either it was answered false, or
     * whoever added sees that it sleeps.
     */
    void add(Object scheduled) {
        queue.offer(scheduled);
        if (!arrived) {
            arrived = true;
        }
    }

    /** Any thread. */
    boolean isEmpty() {
        return !arrived;
    }

    /**
     * Moves what is here to the end of what is ready. A place that is taken and not filled yet is left for later: the thread
     * that fills it may be off its core. Loop thread.
     */
    void drainTo(ReadyQueue ready) {
        if (!arrived) {
            return;
        }
        arrived = false;
        for (Object next = queue.relaxedPoll(); next != null; next = queue.relaxedPoll()) {
            ready.add(next);
        }
        if (!queue.isEmpty()) {
            arrived = true;
        }
    }
}
