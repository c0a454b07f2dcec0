package aio.loop;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.osgi.annotation.versioning.ProviderType;

/** Running blocking work beside the loop. Thread safety: any thread. */
@ProviderType
public interface Executors {

    /**
     * Runs {@code work} in the default executor, as {@code run_in_executor(None, …)}. Cancelling the future does not
     * interrupt work that is running; a result that comes after the loop was closed is dropped.
     *
     * @throws LoopClosedException if the loop is closed
     * @throws IllegalStateException after {@code shutdownDefaultExecutor}
     */
    <T> LoopFuture<T> runInExecutor(Callable<T> work);

    /**
     * Runs {@code work} in the given executor, as {@code run_in_executor}.
     *
     * @throws LoopClosedException if the loop is closed
     */
    <T> LoopFuture<T> runInExecutor(Executor executor, Callable<T> work);

    /** Replaces the default executor; the loop shuts it down when it closes. Refused on a managed loop. */
    void setDefaultExecutor(ExecutorService executor);
}
