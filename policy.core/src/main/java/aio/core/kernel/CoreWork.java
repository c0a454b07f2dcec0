package aio.core.kernel;

import aio.core.foreign.ForeignFailure;
import aio.core.foreign.Wall;
import aio.core.thread.CorePool;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Work of the core beside the loop. If it is cancelled or the loop is closed, the work is interrupted, so that its
 * thread is free at once. Any thread.
 */
public final class CoreWork<T> extends CoreFuture<T> implements Resident {
    private final Callable<T> work;

    // Written before the residents and the caller get this object, so every thread that cancels it finds it.
    // No thread that closes the loop misses this: it closes before it asks the residents; begin() does the reverse.
    private volatile CorePool.@Nullable Work accepted;

    private CoreWork(Kernel kernel, Callable<T> work) {
        super(kernel);
        this.work = work;
    }

    /**
     * Begins it.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the core has ended
     */
    public static <T> CoreWork<T> begin(Kernel kernel, CorePool workers, Callable<T> work) {
        kernel.checkClosed();
        CoreWork<T> begun = new CoreWork<>(kernel, work);
        CorePool.Work accepted = workers.run(begun::run);
        begun.accepted = accepted;
        kernel.residents().keep(begun);
        begun.addDoneCallback(done -> kernel.residents().release(begun));
        if (kernel.isClosed()) {
            begun.loopClosed();
        }
        return begun;
    }

    private void run() {
        if (isDone()) {
            return;
        }
        try {
            complete(Wall.call(work));
        } catch (ForeignFailure e) {
            fail(e.failure());
        }
    }

    @Override
    public boolean cancel() {
        if (!super.cancel()) {
            return false;
        }
        CorePool.Work running = accepted;
        if (running != null) {
            running.giveUp();
        }
        return true;
    }

    @Override
    public void loopClosed() {
        cancel();
    }

    @Override
    public Object user() {
        return this; // work of the core, no bundle's
    }

    @Override
    public void end(@Nullable Throwable cause) {
        // its waiter is ended and cancels this
    }
}
