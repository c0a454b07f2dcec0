package aio.core.net.raw;

import aio.core.foreign.CoreLog;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.loop.LoopClosedException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * One raw socket operation. Trying and cancelling exclude each other, so that nothing is taken from a socket for a
 * future that is cancelled. Cancelling: any thread; the rest: the loop's.
 */
final class RawOperation<T> extends CoreFuture<T> {
    private final Kernel kernel;
    private final Step<T> step;
    private final Object attempt = new Object();

    // RawChannel writes this before it asks whether the operation is done; cancel() ends the operation before it reads
    // this. So either the action is run, or RawChannel sees the cancellation.
    private volatile Runnable whenCancelled = () -> {};

    /** Tries the operation once. */
    @FunctionalInterface
    interface Step<T> {

        /** Returns null if the kernel is not ready. */
        @Nullable Done<T> tryOnce() throws IOException;
    }

    /** The result of an operation. */
    record Done<T>(@Nullable T result) {}

    RawOperation(Kernel kernel, Step<T> step) {
        super(kernel);
        this.kernel = kernel;
        this.step = step;
    }

    void whenCancelled(Runnable action) {
        whenCancelled = action;
    }

    /**
     * Tries once; returns whether it is over.
     *
     * @param beforeOver called right before the future is done
     */
    boolean attempt(Runnable beforeOver) {
        synchronized (attempt) {
            if (isDone()) {
                beforeOver.run();
                return true;
            }
            Done<T> done;
            try {
                done = step.tryOnce();
            } catch (IOException | RuntimeException e) {
                beforeOver.run();
                fail(e);
                return true;
            }
            if (done != null) {
                beforeOver.run();
                complete(done.result());
            }
            return done != null;
        }
    }

    @Override
    public boolean cancel() {
        synchronized (attempt) {
            if (!super.cancel()) {
                return false;
            }
        }
        try {
            kernel.execute(whenCancelled);
        } catch (LoopClosedException e) {
            CoreLog.LOOP.log(Level.TRACE, "an operation was cancelled after its loop", e);
        }
        return true;
    }
}
