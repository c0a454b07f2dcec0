package aio.core.kernel.queue;

import aio.core.foreign.UserCalls;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is to run, in the order of its scheduling: {@link CoreHandle handles}, and {@link Runnable callbacks} without
 * one. The first stays in its place while it runs, so that another thread can see it without the loop writing it down
 * each time. An array of objects, since an array of a narrower type is checked at each store. Loop thread, except for
 * {@link #running}.
 */
public final class ReadyQueue {
    private static final VarHandle IS_RUNNING;

    static {
        try {
            IS_RUNNING = MethodHandles.lookup().findVarHandle(ReadyQueue.class, "isRunning", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable Object[] ring = new @Nullable Object[64]; // a power of two
    private int head;
    private int tail;
    private boolean isRunning;

    public int size() {
        return tail - head;
    }

    public boolean isEmpty() {
        return tail == head;
    }

    public void add(Object scheduled) {
        if (tail - head == ring.length) {
            grow();
        }
        ring[tail++ & (ring.length - 1)] = scheduled;
    }

    private void grow() {
        int size = size();
        @Nullable Object[] larger = new @Nullable Object[2 * ring.length];
        for (int i = 0; i < size; i++) {
            larger[i] = ring[head + i & (ring.length - 1)];
        }
        ring = larger;
        head = 0;
        tail = size;
    }

    /** Runs a number of them. */
    public void run(int count, UserCalls calls) {
        if (count == 0) {
            return;
        }
        running(true);
        try {
            for (int i = 0; i < count; i++) {
                try {
                    runOne(first(), calls);
                } finally {
                    removeFirst();
                }
            }
        } finally {
            running(false);
        }
    }

    /** Runs a handle, or a callback that was scheduled without one; null stands for one that was withdrawn. */
    private static void runOne(@Nullable Object scheduled, UserCalls calls) {
        Runnable callback = callbackOf(scheduled);
        if (callback == null || scheduled == null) {
            return;
        }
        if (!(scheduled instanceof ThreadsafeHandle handle)) {
            calls.run(callback, scheduled);
        } else if (handle.begin()) {
            try {
                calls.run(callback, scheduled);
            } finally {
                handle.end();
            }
        }
    }

    static @Nullable Runnable callbackOf(@Nullable Object scheduled) {
        return scheduled instanceof CoreHandle handle ? handle.callback() : (Runnable) scheduled;
    }

    /** Returns the first; null if it was withdrawn. */
    @Nullable Object first() {
        return ring[head & (ring.length - 1)];
    }

    void removeFirst() {
        ring[head & (ring.length - 1)] = null;
        head++;
    }

    /** Withdraws what matches; the one that runs continues. */
    void withdraw(Predicate<Object> belongs) {
        for (int i = isRunning ? head + 1 : head; i != tail; i++) {
            Object scheduled = ring[i & (ring.length - 1)];
            if (scheduled != null && belongs.test(scheduled)) {
                withdraw(i & (ring.length - 1));
            }
        }
    }

    private void withdraw(int at) {
        if (ring[at] instanceof CoreHandle handle) {
            handle.cancel();
        }
        ring[at] = null;
    }

    void clear() {
        Arrays.fill(ring, null);
        head = 0;
        tail = 0;
    }

    /**
     * Notes whether the first is being run. Pairs with getAcquire in {@link #running()}: a thread that sees true sees
     * all that was added before the run. It reads ring and head in no order, for people only.
     */
    void running(boolean runs) {
        IS_RUNNING.setRelease(this, runs);
    }

    /** Returns what is being run, or null; it may be the one before or after. Any thread. */
    @Nullable Object running() {
        if (!(boolean) IS_RUNNING.getAcquire(this)) {
            return null;
        }
        @Nullable Object[] seen = ring;
        return seen[head & (seen.length - 1)];
    }
}
