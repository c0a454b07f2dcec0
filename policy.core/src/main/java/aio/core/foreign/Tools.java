package aio.core.foreign;

import aio.loop.EventLoop;
import aio.loop.NameResolver;
import aio.loop.Task;
import aio.loop.TaskFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Calls the tools that users give to a loop. What these throw gets through to the caller, who has asked the loop for
 * the work; what they return is checked. Any thread, never with a lock held.
 */
public final class Tools {
    private Tools() {}

    /** Asks a resolver for the addresses of a host; returns at least one. */
    public static List<InetAddress> resolve(NameResolver resolver, String host) throws UnknownHostException {
        List<InetAddress> answer = resolver.resolve(host);
        List<InetAddress> found = answer == null ? List.of() : new ArrayList<>(answer);
        found.removeIf(address -> address == null);
        if (found.isEmpty()) {
            throw new UnknownHostException(Text.clean(host) + ": resolver " + Text.ofClass(resolver.getClass())
                    + " returned " + (answer == null ? "null" : "no address")
                    + "; expected one at least, or an UnknownHostException");
        }
        return found;
    }

    /** Asks a factory for a task. */
    public static <T> Task<T> task(
            TaskFactory factory, EventLoop loop, Callable<? extends CompletionStage<T>> work, String name) {
        Task<T> task = factory.newTask(loop, work, name);
        if (task == null) {
            throw new IllegalStateException("task factory " + Text.ofClass(factory.getClass()) + " of loop \""
                    + loop.name() + "\" returned null: expected a task");
        }
        return task;
    }

    /** Shuts an executor down. */
    public static void shutdown(ExecutorService executor) {
        executor.shutdown();
    }

    /**
     * Shuts an executor down and waits for it; returns whether it has ended in time.
     *
     * @throws ForeignFailure if the executor fails, or the wait is interrupted
     */
    public static boolean end(ExecutorService executor, long nanos) throws ForeignFailure {
        return Wall.call(() -> {
            executor.shutdown();
            return executor.awaitTermination(nanos, TimeUnit.NANOSECONDS);
        });
    }

    /** Gives work to an executor. */
    public static void execute(Executor executor, Runnable work) {
        executor.execute(work);
    }
}
