package aio.core.kernel.queue;

import aio.loop.TimerHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A callback that runs later. Loop thread. */
public final class CoreTimerHandle extends CoreHandle implements TimerHandle {
    /** In the time of the loop. */
    final long deadlineNanos;

    /** Orders timers of one deadline; set by the heap. It wraps around, so only differences count. */
    int sequence;

    /** The heap that counts this timer and is told when it is cancelled; null before and after. */
    @Nullable TimerHeap heap;

    public CoreTimerHandle(long deadlineNanos, Runnable callback) {
        super(callback);
        this.deadlineNanos = deadlineNanos;
    }

    @Override
    public void cancel() {
        if (!cancelled()) {
            super.cancel();
            if (heap != null) {
                heap.cancelledOne();
            }
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
