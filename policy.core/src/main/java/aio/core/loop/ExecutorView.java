package aio.core.loop;

import aio.core.foreign.CoreLog;
import aio.core.kernel.Kernel;
import aio.loop.LoopClosedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A loop as an executor service. Any thread; its monitor guards the shutdown and signals the end. */
final class ExecutorView extends AbstractExecutorService implements ScheduledExecutorService {
    private static final long MAX_DELAY_NANOS = TimeUnit.DAYS.toNanos(36_500); // adds up without overflow

    private final Kernel kernel;
    private final ViewTasks ofLoop;
    private final Set<ViewTask<?>> tasks = ConcurrentHashMap.newKeySet();
    private volatile boolean shutDown; // written under the monitor, read without it; see ViewTask's running

    ExecutorView(Kernel kernel, ViewTasks ofLoop) {
        this.kernel = kernel;
        this.ofLoop = ofLoop;
    }

    // ---- tasks

    private <V> ViewTask<V> task(Callable<V> work, Object user, long delayNanos, long periodNanos) {
        long delay = Math.min(MAX_DELAY_NANOS, Math.max(0, delayNanos));
        return new ViewTask<>(this, kernel, work, user, kernel.now() + delay, periodNanos);
    }

    private <V> ViewTask<V> start(ViewTask<V> task, boolean now) {
        synchronized (this) {
            if (shutDown) {
                throw new RejectedExecutionException(this + " takes no tasks: it was shut down");
            }
            tasks.add(task);
            ofLoop.add(task);
        }
        try {
            if (now) {
                task.scheduled(kernel.post(task));
            } else {
                arm(task);
            }
        } catch (LoopClosedException e) {
            task.cancel(false);
            throw new RejectedExecutionException(e.getMessage(), e);
        }
        if (kernel.isClosed()) {
            task.cancel(false); // closed meanwhile: no loop will run it
        }
        return task;
    }

    /** Schedules a task on the loop for when it is due. */
    void arm(ViewTask<?> task) {
        kernel.execute(() -> {
            if (!task.isDone()) {
                task.scheduled(kernel.callAt(task.dueNanos(), task));
            }
        });
    }

    /** Does something to what belongs to the loop; nothing if the loop is closed. */
    void onLoop(Runnable action) {
        try {
            kernel.execute(action);
        } catch (LoopClosedException e) {
            CoreLog.LOOP.log(System.Logger.Level.TRACE, "a closed loop holds nothing any more", e);
        }
    }

    /** Tells whether periodic tasks continue. */
    boolean repeats() {
        return !shutDown;
    }

    void done(ViewTask<?> task) {
        ofLoop.remove(task);
        tasks.remove(task);
        synchronized (this) {
            notifyAll();
        }
    }

    void checkMayWait(boolean over, String method) {
        if (!over && kernel.isOnLoopThread()) {
            throw new IllegalStateException(method + " on the thread of loop \"" + kernel.loopName() + "\" would block"
                    + " the loop for ever: wait on another thread, or use the loop's futures");
        }
    }

    // ---- accepting work

    @Override
    public void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        ViewTask<?> task = command instanceof ViewTask<?> made
                ? made
                : task(Executors.callable(command), command, 0, 0).reportingFailure();
        start(task, true);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return task(Objects.requireNonNull(callable, "callable"), callable, 0, 0);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, @Nullable T value) {
        return task(Executors.callable(runnable, value), runnable, 0, 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Objects.requireNonNull(command, "command");
        return start(task(Executors.callable(command), command, unit.toNanos(delay), 0), delay <= 0);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        Objects.requireNonNull(callable, "callable");
        return start(task(callable, callable, unit.toNanos(delay), 0), delay <= 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return repeat(command, unit.toNanos(initialDelay), checkPeriod(period, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return repeat(command, unit.toNanos(initialDelay), -checkPeriod(delay, unit));
    }

    private static long checkPeriod(long period, TimeUnit unit) {
        if (period <= 0) {
            throw new IllegalArgumentException("period " + period + " " + unit + " is too short: expected more than 0");
        }
        return Math.min(MAX_DELAY_NANOS, unit.toNanos(period));
    }

    private ScheduledFuture<?> repeat(Runnable command, long initialDelayNanos, long periodNanos) {
        Objects.requireNonNull(command, "command");
        return start(task(Executors.callable(command), command, initialDelayNanos, periodNanos), false);
    }

    // ---- waiting for it

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> callables) throws InterruptedException {
        checkMayWait(callables.isEmpty(), "invokeAll");
        return super.invokeAll(callables);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> callables, long timeout, TimeUnit unit)
            throws InterruptedException {
        checkMayWait(callables.isEmpty(), "invokeAll");
        return super.invokeAll(callables, timeout, unit);
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> callables)
            throws InterruptedException, ExecutionException {
        checkMayWait(callables.isEmpty(), "invokeAny");
        return super.invokeAny(callables);
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> callables, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        checkMayWait(callables.isEmpty(), "invokeAny");
        return super.invokeAny(callables, timeout, unit);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        checkMayWait(isTerminated(), "awaitTermination");
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        synchronized (this) {
            for (long left = deadline - System.nanoTime(); !isTerminated(); left = deadline - System.nanoTime()) {
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        return true;
    }

    // ---- ending it

    @Override
    public void shutdown() {
        synchronized (this) {
            shutDown = true;
            notifyAll();
        }
        for (ViewTask<?> task : tasks) {
            if (task.isPeriodic() && !task.isRunning()) {
                task.cancel(false); // a running one finds the shutdown itself
            }
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        List<Runnable> never = new ArrayList<>();
        for (ViewTask<?> task : tasks) {
            if (!task.isRunning()) {
                task.unschedule();
                done(task);
                never.add(task);
            }
        }
        return never;
    }

    @Override
    public boolean isShutdown() {
        return shutDown || kernel.isClosed();
    }

    @Override
    public boolean isTerminated() {
        return isShutdown() && tasks.isEmpty();
    }

    @Override
    public String toString() {
        return "<executor view of loop \"" + kernel.loopName() + "\"" + (shutDown ? ", shut down" : "") + ">";
    }
}
