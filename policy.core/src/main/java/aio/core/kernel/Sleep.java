package aio.core.kernel;

import aio.core.kernel.queue.UsersTimer;
import aio.loop.LoopClosedException;
import aio.loop.TimerHandle;
import org.jspecify.annotations.Nullable;

/** A future that a timer completes. Any thread; the timer belongs to the loop's thread. */
public final class Sleep extends CoreFuture<Void> {
    private @Nullable TimerHandle timer;

    private Sleep(Kernel kernel) {
        super(kernel);
    }

    /**
     * Begins it.
     *
     * @throws LoopClosedException if the loop is closed
     */
    public static Sleep until(Kernel kernel, long whenNanos) {
        kernel.checkClosed();
        Sleep sleep = new Sleep(kernel);
        kernel.execute(() -> sleep.begin(whenNanos));
        return sleep;
    }

    /** Ends it, in its time: the only timer of the core's own making that is a user's. */
    private final class End implements UsersTimer {
        @Override
        public void run() {
            complete(null);
        }

        @Override
        public Object user() {
            return Sleep.this;
        }

        @Override
        public String toString() {
            return "sleep";
        }
    }

    private void begin(long whenNanos) {
        if (!isDone()) {
            timer = kernel().callAt(whenNanos, new End());
        }
    }

    @Override
    public boolean cancel() {
        if (!super.cancel()) {
            return false;
        }
        try {
            kernel().execute(this::forget);
        } catch (LoopClosedException e) {
            return true; // closed meanwhile, and its timers are gone
        }
        return true;
    }

    private void forget() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
