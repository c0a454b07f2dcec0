package aio;

import aio.link.RunningLoop;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.Task;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on one loop and cleans up, as {@code asyncio.Runner}. The loop is made on first use and set as the current
 * one. Closing the runner cancels the tasks that are left and waits for them, shuts the default executor down, and
 * closes the loop.
 *
 * <p>With a loop factory the policy is not touched at all, as in asyncio.
 *
 * <p>Thread safety: one thread.
 */
public final class Runner implements AutoCloseable {
    private static final Duration EXECUTOR_SHUTDOWN = Duration.ofSeconds(300); // asyncio's THREAD_JOIN_TIMEOUT

    private enum State { CREATED, INITIALIZED, CLOSED }

    private final @Nullable Supplier<? extends EventLoop> loopFactory;
    private final @Nullable Boolean debug;
    private State state = State.CREATED;
    private @Nullable EventLoop loop;

    /** A runner on a loop of the process-wide policy. */
    public Runner() {
        this(null, null);
    }

    /**
     * A runner on a loop of a factory.
     *
     * @param loopFactory makes the loop; null for the process-wide policy
     * @param debug the debug mode; null leaves it as the loop has it
     */
    public Runner(@Nullable Supplier<? extends EventLoop> loopFactory, @Nullable Boolean debug) {
        this.loopFactory = loopFactory;
        this.debug = debug;
    }

    /**
     * Runs work to its end and returns its result. May be called again.
     *
     * @throws IllegalStateException if the runner is closed, or a loop runs on this thread
     */
    public <T> @Nullable T run(Callable<? extends CompletionStage<T>> work) {
        Objects.requireNonNull(work, "work");
        if (RunningLoop.get() != null) {
            throw new IllegalStateException("Runner.run() cannot be called from a running event loop (loop \""
                    + RunningLoop.get().name() + "\" runs on thread \"" + Thread.currentThread().getName() + "\")");
        }
        return getLoop().runUntilComplete(work);
    }

    /**
     * Returns the loop, and makes it if need be.
     *
     * @throws IllegalStateException if the runner is closed
     */
    public EventLoop getLoop() {
        if (state == State.CLOSED) {
            throw new IllegalStateException("Runner is closed");
        }
        EventLoop made = loop;
        if (made == null) {
            made = make();
            loop = made;
            state = State.INITIALIZED;
        }
        return made;
    }

    private EventLoop make() {
        EventLoop made;
        if (loopFactory == null) {
            made = EventLoops.newEventLoop();
            makeCurrent(made);
        } else {
            made = Objects.requireNonNull(loopFactory.get(), "the loop factory returned null");
        }
        if (debug != null) {
            made.setDebug(debug);
        }
        return made;
    }

    /** Closes the loop if the policy does not take it: then no other code has it. */
    private static void makeCurrent(EventLoop made) {
        try {
            EventLoops.setEventLoop(made);
        } catch (RuntimeException | Error failure) {
            try {
                made.close();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    /** Cleans up, see the class; the loop is closed whatever else fails. Idempotent. */
    @Override
    public void close() {
        EventLoop made = loop;
        State before = state;
        state = State.CLOSED;
        if (before != State.INITIALIZED || made == null) {
            return;
        }
        try {
            cancelAllTasks(made);
            made.runUntilComplete(made.shutdownDefaultExecutor(EXECUTOR_SHUTDOWN));
        } finally {
            try {
                if (loopFactory == null) {
                    EventLoops.setEventLoop(null);
                }
            } finally {
                loop = null;
                made.close();
            }
        }
    }

    private static void cancelAllTasks(EventLoop loop) {
        Set<Task<?>> left = loop.allTasks();
        left.forEach(Task::cancel);
        for (Task<?> task : left) {
            // a failure of one must not keep the others from ending
            loop.runUntilComplete(task.handle((result, failure) -> null));
            report(loop, task);
        }
    }

    private static void report(EventLoop loop, Task<?> task) {
        Throwable failure = task.isCancelled() ? null : task.exception();
        if (failure != null) {
            loop.callExceptionHandler(
                    ExceptionContext.of("unhandled exception during EventLoops.run() shutdown", failure)
                            .with("task", task));
        }
    }
}
