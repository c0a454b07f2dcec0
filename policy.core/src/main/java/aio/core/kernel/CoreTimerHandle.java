package aio.core.kernel;

import aio.loop.TimerHandle;
import java.time.Duration;

/** A callback of later. Loop thread. */
final class CoreTimerHandle extends CoreHandle implements TimerHandle {
    /** In the time of the loop. */
    final long deadlineNanos;

    /** Orders timers of one deadline; given by the heap. */
    long sequence;

    /** Whether the heap counts it; then the heap is told of cancelling. */
    boolean inHeap;

    private final TimerHeap heap;

    CoreTimerHandle(long deadlineNanos, Runnable callback, TimerHeap heap) {
        super(callback);
        this.deadlineNanos = deadlineNanos;
        this.heap = heap;
    }

    @Override
    public void cancel() {
        if (!cancelled()) {
            super.cancel();
            heap.cancelled(this);
        }
    }

    @Override
    public Duration when() {
        return Duration.ofNanos(deadlineNanos);
    }

    @Override
    public String toString() {
        return "<TimerHandle when=" + when() + " " + super.toString() + ">";
    }
}
