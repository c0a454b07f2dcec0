package aio.core.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A handle whose cancelling and running exclude each other, as since Python 3.14. Any thread.
 *
 * <p>Without a lock: the loop pays one atomic step for each callback, and only who cancels one that runs has to wait.
 */
final class ThreadsafeHandle extends CoreHandle {
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

    /** Null while scheduled, the thread that runs it, then {@link #RAN} or {@link #CANCELLED}. */
    private volatile @Nullable Object state;

    ThreadsafeHandle(Runnable callback) {
        super(callback);
    }

    /** Begins to run; answers false if it was cancelled. */
    boolean begin() {
        return STATE.compareAndSet(this, null, Thread.currentThread());
    }

    /** Has run. */
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
            interrupted |= Thread.interrupted(); // with the flag set, nobody parks
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
