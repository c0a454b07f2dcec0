package aio.core.kernel;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Callbacks from other threads: a stack that producers push to, taken as a whole and turned round by the loop. */
final class Inbox {
    private final AtomicReference<@Nullable CoreHandle> top = new AtomicReference<>();

    /** Any thread. */
    void push(CoreHandle handle) {
        CoreHandle below;
        do {
            below = top.get();
            handle.next = below;
        } while (!top.compareAndSet(below, handle));
    }

    /** Any thread. */
    boolean isEmpty() {
        return top.get() == null;
    }

    /** Moves everything behind what is ready, in the order of arrival. Loop thread. */
    void drainTo(ArrayDeque<CoreHandle> ready) {
        if (top.get() == null) {
            return;
        }
        CoreHandle oldest = null;
        for (CoreHandle handle = top.getAndSet(null); handle != null; ) {
            CoreHandle below = handle.next;
            handle.next = oldest;
            oldest = handle;
            handle = below;
        }
        while (oldest != null) {
            CoreHandle newer = oldest.next;
            oldest.next = null;
            ready.addLast(oldest);
            oldest = newer;
        }
    }
}
