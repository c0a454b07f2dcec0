package aio.core.kernel;

import aio.core.foreign.CoreLog;
import aio.core.foreign.ForeignFailure;
import aio.core.foreign.StageCalls;
import aio.loop.LoopClosedException;
import aio.loop.LoopExit;
import aio.loop.Task;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Work in progress on a loop. Any thread; the first step is made on the loop. */
public final class CoreTask<T> extends CoreFuture<T> implements Task<T> {
    private static final CoreLog LOG = CoreLog.LOOP;

    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final String name;
    private final Set<Task<?>> unfinished;
    private final Class<?> user;
    private @Nullable Callable<? extends CompletionStage<T>> work;
    private @Nullable CompletionStage<T> stage;
    private boolean cancelRequested;

    /**
     * Makes a task and schedules its first step.
     *
     * @param unfinished holds the task until it is done
     */
    public CoreTask(
            Kernel kernel, Callable<? extends CompletionStage<T>> work, String name, Set<Task<?>> unfinished) {
        super(kernel);
        this.name = name;
        this.work = work;
        this.user = work.getClass();
        this.unfinished = unfinished;
        unfinished.add(this); // before the first step, which may end it on another thread
        try {
            kernel.callSoonThreadsafe(new FirstStep());
        } catch (LoopClosedException e) {
            unfinished.remove(this);
            throw e;
        }
    }

    /** What the loop runs; a slow first step is reported by the name of the task. */
    private final class FirstStep implements Runnable {
        @Override
        public void run() {
            step();
        }

        @Override
        public String toString() {
            return CoreTask.this.toString();
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void setResult(@Nullable T result) {
        throw notFromOutside();
    }

    @Override
    public void setException(Throwable failure) {
        throw notFromOutside();
    }

    private UnsupportedOperationException notFromOutside() {
        return new UnsupportedOperationException("task \"" + name
                + "\" is completed by its own work only: use loop.createFuture() for a future to complete");
    }

    private void step() {
        Callable<? extends CompletionStage<T>> first;
        synchronized (this) {
            first = work;
            work = null;
            if (cancelRequested || first == null) {
                first = null;
            }
        }
        if (first == null) {
            finishCancelled();
            return;
        }
        CompletionStage<T> begun;
        try {
            begun = kernel().calls().attempt(first, first); // a blocked loop names the work, not this
        } catch (ForeignFailure e) {
            end(null, e.failure());
            return;
        } catch (LoopExit exit) {
            end(null, exit); // a thread that waits for the task must not wait for ever
            throw exit;
        }
        if (begun == null) {
            fail(new NullPointerException("the work of task \"" + name + "\" returned null: expected a stage"));
            return;
        }
        follow(begun);
    }

    private void follow(CompletionStage<T> begun) {
        boolean cancelNow;
        synchronized (this) {
            stage = begun;
            awaits(begun, null);
            cancelNow = cancelRequested;
        }
        try {
            observe(begun, this::end);
        } catch (ForeignFailure e) {
            fail(e.failure());
        }
        if (cancelNow) {
            cancelStage(begun);
        }
    }

    private void end(@Nullable T result, @Nullable Throwable failure) {
        if (failure == null) {
            complete(result);
        } else if (unwrapped(failure) instanceof CancellationException) {
            finishCancelled();
        } else {
            fail(unwrapped(failure));
        }
    }

    @Override
    public boolean cancel() {
        CompletionStage<T> begun;
        synchronized (this) {
            if (isDone()) {
                return false;
            }
            cancelRequested = true;
            begun = stage;
        }
        if (begun != null) {
            cancelStage(begun);
        }
        return true;
    }

    /** Returns the class of the work, which says whose task this is; the work itself is released once it has begun. */
    public Class<?> user() {
        return user;
    }

    /** Returns a number that no other task has. */
    public long id() {
        return id;
    }

    /** Tells whether the first step was made. */
    public synchronized boolean hasBegun() {
        return work == null;
    }

    /** Tells whether its cancellation was asked for. */
    public synchronized boolean isCancelling() {
        return cancelRequested;
    }

    /** Ends it because its bundle has stopped: cancels it without waiting for its work. */
    public void abandon() {
        cancel();
        finishCancelled();
    }

    private void cancelStage(CompletionStage<T> begun) {
        if (begun instanceof Future<?> future) {
            try {
                StageCalls.cancel(future);
                return;
            } catch (ForeignFailure e) {
                LOG.log(Level.DEBUG, "the stage of task \"" + name + "\" cannot be cancelled", e.failure());
            }
        }
        finishCancelled(); // no stage to cancel, so no end to wait for
    }

    @Override
    void done() {
        unfinished.remove(this);
    }

    @Override
    String kindName() {
        return "Task \"" + name + "\"";
    }
}
