package aio.core.kernel;

import aio.core.foreign.ForeignFailure;
import aio.core.foreign.Wall;
import aio.core.thread.CorePool;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Work of the core beside the loop. If it is cancelled, or the loop is closed, its thread is free at once: the work is
 * interrupted. Any thread.
 */
public final class CoreWork<T> extends CoreFuture<T> implements Resident {
    private final Callable<T> work;
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
        return this; // of the core
    }

    @Override
    public void end(@Nullable Throwable cause) {
        // the one who waits for it is ended, and gives it up
    }
}
