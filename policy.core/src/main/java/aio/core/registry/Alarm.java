package aio.core.registry;

import aio.core.thread.Starts;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Does something after a time. There is a thread only while it waits, which may do the work for as long as that takes.
 * Without a thread left in the system the work is done later. Any thread.
 */
final class Alarm implements Timer {
    private final String name;
    private final Runnable work;
    private boolean waits; // this and the following guarded by this
    private @Nullable Thread waiting; // null until its thread has begun
    private @Nullable Long dueNanos;
    private boolean closed;

    /**
     * Makes one that waits for nothing yet.
     *
     * @param name the name of its thread
     * @param work what is done each time
     */
    Alarm(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    @Override
    public synchronized void set(long delayNanos) {
        if (closed) {
            return;
        }
        dueNanos = System.nanoTime() + delayNanos;
        if (waits) {
            LockSupport.unpark(waiting);
        } else {
            waits = true;
            Starts.begin(name, this::waitAndWork);
        }
    }

    @Override
    public synchronized void clear() {
        dueNanos = null;
        LockSupport.unpark(waiting);
    }

    private void waitAndWork() {
        for (Long left = left(); left != null; left = left()) {
            if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else if (isTaken()) {
                work.run();
            }
        }
    }

    /** Returns how long is to be waited; null if for nothing, and then this thread is to end. */
    private synchronized @Nullable Long left() {
        Long due = dueNanos;
        waits = due != null && !closed;
        waiting = waits ? Thread.currentThread() : null;
        if (due == null || closed) {
            return null;
        }
        return due - System.nanoTime();
    }

    private synchronized boolean isTaken() {
        Long due = dueNanos;
        boolean isDue = due != null && !closed && due - System.nanoTime() <= 0;
        dueNanos = isDue ? null : due;
        return isDue;
    }

    @Override
    public synchronized void close() {
        closed = true;
        dueNanos = null;
        LockSupport.unpark(waiting);
    }
}
