package aio.core.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Timers by deadline, equal deadlines in the order of their making. A cancelled timer stays until it comes to the head, or
 * until more than half of more than 100 are cancelled: asyncio's rule, which makes cancelling cheap. Loop thread, but for
 * {@link #cancelled}, {@link #make} and {@link #size}.
 */
final class TimerHeap {
    private static final int MIN_SCHEDULED_FOR_COMPACTION = 100; // asyncio's _MIN_SCHEDULED_TIMER_HANDLES

    private final AtomicLong sequence = new AtomicLong();
    private final AtomicInteger cancelled = new AtomicInteger();
    private CoreTimerHandle[] heap = new CoreTimerHandle[16];
    private volatile int size;

    CoreTimerHandle make(long deadlineNanos, Runnable callback) {
        return new CoreTimerHandle(deadlineNanos, sequence.getAndIncrement(), callback, this);
    }

    int size() {
        return size;
    }

    void add(CoreTimerHandle timer) {
        if (timer.cancelled()) {
            return;
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        timer.inHeap = true;
        int last = size;
        size = last + 1;
        siftUp(last, timer);
    }

    /** Counts a timer that was cancelled. Any thread: an estimate is all that compaction needs. */
    void cancelled(CoreTimerHandle timer) {
        if (timer.inHeap) {
            cancelled.incrementAndGet();
        }
    }

    /** Drops cancelled timers as asyncio does at the start of a turn, and returns the first one, or null. */
    @Nullable CoreTimerHandle first() {
        if (size > MIN_SCHEDULED_FOR_COMPACTION && cancelled.get() > size / 2) {
            compact();
        }
        while (size > 0 && heap[0].cancelled()) {
            removeFirst();
            cancelled.decrementAndGet();
        }
        return size == 0 ? null : heap[0];
    }

    /** Removes and returns the first timer that is due, or null. */
    @Nullable CoreTimerHandle pollDue(long nowNanos) {
        CoreTimerHandle first = first();
        if (first == null || first.deadlineNanos > nowNanos) {
            return null;
        }
        removeFirst();
        return first;
    }

    /** Returns the timers in no particular order. */
    List<CoreTimerHandle> all() {
        return new ArrayList<>(Arrays.asList(heap).subList(0, size));
    }

    void clear() {
        Arrays.fill(heap, 0, size, null);
        size = 0;
        cancelled.set(0);
    }

    private void removeFirst() {
        heap[0].inHeap = false;
        int last = size - 1;
        CoreTimerHandle moved = heap[last];
        heap[last] = null;
        size = last;
        if (last > 0) {
            siftDown(0, moved);
        }
    }

    private void compact() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            CoreTimerHandle timer = heap[i];
            if (timer.cancelled()) {
                timer.inHeap = false;
            } else {
                heap[kept++] = timer;
            }
        }
        Arrays.fill(heap, kept, size, null);
        size = kept;
        cancelled.set(0);
        for (int i = (kept >>> 1) - 1; i >= 0; i--) {
            siftDown(i, heap[i]);
        }
    }

    private void siftUp(int start, CoreTimerHandle timer) {
        int at = start;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!timer.isBefore(heap[parent])) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = timer;
    }

    private void siftDown(int start, CoreTimerHandle timer) {
        int at = start;
        int half = size >>> 1;
        while (at < half) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(timer)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = timer;
    }
}
