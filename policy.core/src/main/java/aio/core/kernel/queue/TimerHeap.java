package aio.core.kernel.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Timers by deadline, equal deadlines in the order of their arrival. A cancelled timer stays until it comes to the
 * head, or until more than half of more than 100 are cancelled: asyncio's rule, which makes cancelling cheap. Loop
 * thread, except for {@link #size}.
 *
 * <p>Each timer has four below it, and the deadlines lie in an array of their own: sifting reads consecutive numbers,
 * and timers only to order equal deadlines.
 */
final class TimerHeap {
    private static final int MIN_SCHEDULED_FOR_COMPACTION = 100; // asyncio's _MIN_SCHEDULED_TIMER_HANDLES
    private static final int CHILDREN = 4;
    private static final VarHandle SIZE;

    static {
        try {
            SIZE = MethodHandles.lookup().findVarHandle(TimerHeap.class, "size", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long[] deadlines = new long[16];
    private CoreTimerHandle[] timers = new CoreTimerHandle[16];
    private int size;
    private int cancelled;
    private int sequence;

    /**
     * Returns how many are scheduled, cancelled ones included. Any thread; opaque: a figure that may be a moment old.
     */
    int size() {
        return (int) SIZE.getOpaque(this);
    }

    private void resize(int now) {
        SIZE.setOpaque(this, now);
    }

    void add(CoreTimerHandle timer) {
        if (timer.cancelled()) {
            return;
        }
        int last = size;
        if (last == timers.length) {
            long[] moreDeadlines = Arrays.copyOf(deadlines, last * 2);
            timers = Arrays.copyOf(timers, last * 2); // both or none, should memory be short
            deadlines = moreDeadlines;
        }
        timer.sequence = sequence++;
        timer.heap = this;
        resize(last + 1);
        siftUp(last, timer);
    }

    /** Counts a timer that was cancelled. */
    void cancelledOne() {
        cancelled++;
    }

    /** Drops cancelled timers as asyncio does at the start of a turn, and returns the first one, or null. */
    @Nullable CoreTimerHandle first() {
        if (size > MIN_SCHEDULED_FOR_COMPACTION && cancelled > size / 2) {
            compact();
        }
        while (size > 0 && timers[0].cancelled()) {
            removeFirst();
            cancelled = Math.max(0, cancelled - 1); // a cancel on a wrong thread may not have been counted
        }
        return size == 0 ? null : timers[0];
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
        return new ArrayList<>(Arrays.asList(timers).subList(0, size));
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            timers[i].heap = null;
            timers[i] = null;
        }
        resize(0);
        cancelled = 0;
    }

    private void removeFirst() {
        timers[0].heap = null;
        int last = size - 1;
        CoreTimerHandle moved = timers[last];
        timers[last] = null;
        resize(last);
        if (last > 0) {
            siftDown(0, moved);
        }
    }

    private void compact() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            CoreTimerHandle timer = timers[i];
            if (timer.cancelled()) {
                timer.heap = null;
            } else {
                put(kept++, timer);
            }
        }
        Arrays.fill(timers, kept, size, null);
        resize(kept);
        cancelled = 0;
        for (int i = (kept - 2) / CHILDREN; i >= 0 && kept > 1; i--) {
            siftDown(i, timers[i]);
        }
    }

    private void put(int at, CoreTimerHandle timer) {
        timers[at] = timer;
        deadlines[at] = timer.deadlineNanos;
    }

    private void siftUp(int start, CoreTimerHandle timer) {
        int at = start;
        while (at > 0) {
            int parent = (at - 1) / CHILDREN;
            if (!isBefore(timer, parent)) {
                break;
            }
            timers[at] = timers[parent];
            deadlines[at] = deadlines[parent];
            at = parent;
        }
        put(at, timer);
    }

    private boolean isBefore(CoreTimerHandle timer, int other) {
        long deadline = deadlines[other];
        return timer.deadlineNanos != deadline
                ? timer.deadlineNanos < deadline
                : timer.sequence - timers[other].sequence < 0;
    }

    private void siftDown(int start, CoreTimerHandle timer) {
        int at = start;
        for (int child = CHILDREN * at + 1; child < size; child = CHILDREN * at + 1) {
            int first = firstOf(child, Math.min(size, child + CHILDREN));
            if (isBefore(timer, first)) {
                break;
            }
            timers[at] = timers[first];
            deadlines[at] = deadlines[first];
            at = first;
        }
        put(at, timer);
    }

    /** Returns which of some timers comes first. */
    private int firstOf(int from, int to) {
        int first = from;
        for (int i = from + 1; i < to; i++) {
            long deadline = deadlines[i];
            if (deadline < deadlines[first]
                    || deadline == deadlines[first] && timers[i].sequence - timers[first].sequence < 0) {
                first = i;
            }
        }
        return first;
    }
}
