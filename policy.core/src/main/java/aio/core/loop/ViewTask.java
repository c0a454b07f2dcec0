package aio.core.loop;

import aio.core.foreign.Guard;
import aio.core.foreign.Text;
import aio.core.kernel.Kernel;
import aio.core.kernel.queue.UsersTimer;
import aio.loop.ExceptionContext;
import aio.loop.Handle;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A task of an executor view: it runs on the loop, other threads wait for it. Any thread. */
final class ViewTask<V> extends FutureTask<V> implements RunnableScheduledFuture<V>, UsersTimer {
    private static final AtomicLong SEQUENCE = new AtomicLong();

    private final ExecutorView view;
    private final Kernel kernel;
    private final Object user;
    private final long periodNanos;
    private final long number = SEQUENCE.getAndIncrement();
    private boolean reportsFailure;

    private volatile long dueNanos; // written by the loop when a periodic run ends

    // scheduled() writes it before it asks whether the task is done; cancelling ends the task before it reads it. So
    // one of the two takes the timer back.
    private volatile @Nullable Handle handle;

    // The loop writes true before it asks for a shutdown; the view writes the shutdown before it reads this. So no task
    // repeats after a shutdown.
    private volatile boolean running;

    /**
     * Makes one.
     *
     * @param user the object whose task it is
     * @param periodNanos 0 to run once; positive from start to start, negative from end to start
     */
    ViewTask(ExecutorView view, Kernel kernel, Callable<V> work, Object user, long dueNanos, long periodNanos) {
        super(work);
        this.view = view;
        this.kernel = kernel;
        this.user = user;
        this.dueNanos = dueNanos;
        this.periodNanos = periodNanos;
    }

    /** Lets a failure go to the exception handler, since no code will ask for it. */
    ViewTask<V> reportingFailure() {
        reportsFailure = true;
        return this;
    }

    @Override
    public Object user() {
        return user;
    }

    long dueNanos() {
        return dueNanos;
    }

    boolean isRunning() {
        return running;
    }

    /** Sets the handle that takes the task back from the loop. */
    void scheduled(Handle next) {
        handle = next;
        if (isDone()) {
            next.cancel(); // cancelled meanwhile
        }
    }

    /** Takes the task back from the loop. */
    void unschedule() {
        Handle present = handle;
        handle = null;
        if (present != null) {
            view.onLoop(present::cancel);
        }
    }

    @Override
    public void run() {
        running = true;
        kernel.calls().enter(user);
        try {
            if (periodNanos == 0) {
                super.run();
            } else if (runAndReset() && view.repeats()) {
                dueNanos = periodNanos > 0 ? dueNanos + periodNanos : kernel.now() - periodNanos;
                view.arm(this);
            } else {
                cancel(false); // no effect after a failure; else the view was shut down
            }
        } finally {
            running = false;
            kernel.calls().leave(user, 0);
        }
    }

    @Override
    protected void setException(Throwable failure) {
        super.setException(failure);
        Guard.rethrowExit(failure);
        if (reportsFailure) {
            kernel.callExceptionHandler(ExceptionContext.of("Exception in callback " + Text.of(user), failure));
        }
    }

    @Override
    protected void done() {
        view.done(this);
        if (isCancelled()) {
            unschedule();
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return super.cancel(false); // an interrupt would hit the loop
    }

    @Override
    public @Nullable V get() throws InterruptedException, ExecutionException {
        view.checkMayWait(isDone(), "get");
        return super.get();
    }

    @Override
    public @Nullable V get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        view.checkMayWait(isDone(), "get");
        return super.get(timeout, unit);
    }

    @Override
    public boolean isPeriodic() {
        return periodNanos != 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueNanos - kernel.now(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        if (other instanceof ViewTask<?> task) {
            int byDeadline = Long.compare(dueNanos - task.dueNanos, 0);
            return byDeadline != 0 ? byDeadline : Long.compare(number, task.number);
        }
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
