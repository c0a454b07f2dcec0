package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.core.kernel.WrappedStage;
import aio.loop.Bridges;
import aio.loop.LoopClosedException;
import aio.loop.LoopFuture;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/** A loop in the eyes of Java's own interfaces. */
interface BridgesOfLoop extends Bridges {
    Kernel kernel();

    ViewTasks viewTasks();

    @Override
    default void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        try {
            kernel().executeSoon(command);
        } catch (LoopClosedException e) {
            throw new RejectedExecutionException(e.getMessage(), e);
        }
    }

    @Override
    default ScheduledExecutorService asScheduledExecutor() {
        return new ExecutorView(kernel(), viewTasks());
    }

    @Override
    default <T> LoopFuture<T> wrapFuture(CompletionStage<T> stage) {
        return WrappedStage.of(kernel(), Objects.requireNonNull(stage, "stage"));
    }
}
