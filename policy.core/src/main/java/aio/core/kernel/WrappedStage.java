package aio.core.kernel;

import aio.loop.LoopFuture;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** A future of a loop that ends as a stage does, whoever completes that. Any thread. */
public final class WrappedStage<T> extends CoreFuture<T> {
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
        stage.whenComplete((result, failure) -> {
            if (failure == null) {
                wrapped.complete(result);
            } else if (failure instanceof CancellationException) {
                wrapped.finishCancelled();
            } else {
                wrapped.fail(failure);
            }
        });
        return wrapped;
    }

    @Override
    public boolean cancel() {
        boolean cancelled = super.cancel();
        if (cancelled && stage instanceof Future<?> future) {
            future.cancel(/* mayInterruptIfRunning= */ true);
        }
        return cancelled;
    }
}
