package aio.core.kernel;

import aio.core.foreign.CoreLog;
import aio.core.foreign.ForeignFailure;
import aio.core.foreign.StageCalls;
import aio.loop.LoopFuture;
import java.lang.System.Logger.Level;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A future of a loop that ends as a stage does, whichever thread completes it. Any thread. */
public final class WrappedStage<T> extends CoreFuture<T> {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final CompletionStage<T> stage;

    private WrappedStage(Kernel kernel, CompletionStage<T> stage) {
        super(kernel);
        this.stage = stage;
    }

    /** Returns the stage itself if it is a future of the loop, else a future that ends as it does. */
    public static <T> LoopFuture<T> of(Kernel kernel, CompletionStage<T> stage) {
        if (stage instanceof LoopFuture<T> future && future.getLoop() == kernel.loop()) {
            return future;
        }
        WrappedStage<T> wrapped = new WrappedStage<>(kernel, stage);
        wrapped.awaits(stage, null);
        try {
            StageCalls.observe(stage, wrapped::end);
        } catch (ForeignFailure e) {
            wrapped.fail(e.failure());
        }
        return wrapped;
    }

    private void end(@Nullable T result, @Nullable Throwable failure) {
        if (failure == null) {
            complete(result);
        } else if (failure instanceof CancellationException) {
            finishCancelled();
        } else {
            fail(failure);
        }
    }

    @Override
    public boolean cancel() {
        boolean cancelled = super.cancel();
        if (cancelled && stage instanceof Future<?> future) {
            try {
                StageCalls.cancel(future);
            } catch (ForeignFailure e) {
                LOG.log(Level.DEBUG, "the stage of " + this + " cannot be cancelled", e.failure());
            }
        }
        return cancelled;
    }
}
