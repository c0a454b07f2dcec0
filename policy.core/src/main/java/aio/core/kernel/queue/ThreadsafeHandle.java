package aio.core.kernel.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A handle whose cancelling and running exclude each other, as in asyncio since Python 3.14. Any thread.
 *
 * <p>Without a lock: the loop pays one atomic step for each callback, and only a thread that cancels a running one
 * waits.
 */
public final class ThreadsafeHandle extends CoreHandle {
    private static final Object RAN = new Object();
    private static final Object CANCELLED = new Object();
    private static final long LOOK_AGAIN_NANOS = 100_000;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(ThreadsafeHandle.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Null while scheduled, the thread that runs it, then {@link #RAN} or {@link #CANCELLED}. The compare-and-set of
     * begin() and that of cancel() decide which comes first. The setRelease of RAN pairs with the volatile reads in
     * awaitEnd(): a thread that sees RAN sees what the callback did.
     */
    private volatile @Nullable Object state;

    public ThreadsafeHandle(Runnable callback) {
        super(callback);
    }

    /** Begins to run; returns false if it was cancelled. */
    boolean begin() {
        return STATE.compareAndSet(this, null, Thread.currentThread());
    }

    /** The callback has run. */
    void end() {
        if (state == Thread.currentThread()) { // else it has cancelled itself
            STATE.setRelease(this, RAN);
        }
    }

    @Override
    public void cancel() {
        if (!STATE.compareAndSet(this, null, CANCELLED)) {
            awaitEnd();
            state = CANCELLED;
        }
        super.cancel();
    }

    @Override
    public boolean cancelled() {
        awaitEnd();
        return state == CANCELLED;
    }

    private void awaitEnd() {
        boolean interrupted = false;
        for (Object seen = state; seen instanceof Thread && seen != Thread.currentThread(); seen = state) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
            interrupted |= Thread.interrupted(); // no thread parks with the flag set
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
