package aio.core.kernel;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.loop.EventLoop;
import aio.loop.InvalidStateException;
import aio.loop.LoopClosedException;
import aio.loop.LoopFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A future of a loop. Any thread; its monitor guards what waits for it. */
public class CoreFuture<T> extends StagesOfLoop<T> implements LoopFuture<T> {
    private static final Object PENDING = new Object();

    private final Kernel kernel;
    private final boolean reportsUnseen;
    private final List<Registration<T>> registrations = new ArrayList<>(1);

    // Written once, under the monitor, after all that the outcome holds; read without it. A reader that finds an
    // outcome sees all of it. A caller that finds PENDING under the monitor registers before the write, and is told.
    private volatile @Nullable Object state = PENDING;
    private Unretrieved.@Nullable Failure unseen;
    private @Nullable Object awaited; // what this waits for: for people, while this is not done
    private @Nullable Class<?> maker; // what then makes the result: for people as well
    private int waiters;

    /** An action to run at the end, and the key by which it can be removed. */
    private record Registration<T>(Object key, Runnable action) {}

    /** A failure or a cancellation. */
    private record Failed(Throwable cause, boolean cancelled) {}

    public CoreFuture(Kernel kernel) {
        this(kernel, true);
    }

    private CoreFuture(Kernel kernel, boolean reportsUnseen) {
        this.kernel = kernel;
        this.reportsUnseen = reportsUnseen;
    }

    @Override
    final Kernel kernel() {
        return kernel;
    }

    @Override
    public final EventLoop getLoop() {
        return kernel.loop();
    }

    // ---- completing

    @Override
    public void setResult(@Nullable T result) {
        if (!complete(result)) {
            throw alreadyDone();
        }
    }

    @Override
    public void setException(Throwable failure) {
        if (!fail(failure)) {
            throw alreadyDone();
        }
    }

    private InvalidStateException alreadyDone() {
        return new InvalidStateException("invalid state: " + this + " is done already");
    }

    /** Completes with a result; returns false if it was done already. */
    public final boolean complete(@Nullable T result) {
        return finish(result);
    }

    /** Completes with a failure; returns false if it was done already. */
    public final boolean fail(Throwable failure) {
        return finish(new Failed(Objects.requireNonNull(failure, "failure"), false));
    }

    /** Ends as cancelled; returns false if it was done already. */
    final boolean finishCancelled() {
        return finish(new Failed(new CancellationException(kindName() + " of loop \"" + kernel.loopName()
                + "\" was cancelled"), true));
    }

    private boolean finish(@Nullable Object outcome) {
        try {
            synchronized (this) { // until all are scheduled: what is registered from now on comes after them
                if (state != PENDING) {
                    return false;
                }
                if (reportsUnseen && outcome instanceof Failed failed && !failed.cancelled() && registrations.isEmpty()
                        && waiters == 0) {
                    unseen = kernel.unretrieved().watch(this, unwrapped(failed.cause()));
                }
                state = outcome;
                awaited = null;
                maker = null;
                notifyAll();
                done();
                if (registrations.isEmpty()) {
                    return true;
                }
                for (Registration<T> each : registrations) {
                    kernel.putSoon(each.action());
                }
                registrations.clear();
            }
            kernel.wake(); // calls the driver, which must not happen inside the monitor
        } catch (LoopClosedException e) {
            unusedBecauseClosed(e);
        }
        return true;
    }

    /** Called once, on the thread that completes this, with the monitor held. */
    void done() {}

    private void schedule(Runnable action) {
        try {
            kernel.callSoonThreadsafe(action);
        } catch (LoopClosedException e) {
            // as documented: once the loop is closed, nothing that depends on a future runs
            unusedBecauseClosed(e);
        }
    }

    private static void unusedBecauseClosed(LoopClosedException e) {
        CoreLog.LOOP.log(System.Logger.Level.TRACE, "a callback of a future was dropped", e);
    }

    @Override
    public boolean cancel() {
        return finishCancelled();
    }

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        return cancel();
    }

    // ---- asking

    @Override
    public final boolean isDone() {
        return state != PENDING;
    }

    @Override
    public final boolean isCancelled() {
        return state instanceof Failed failed && failed.cancelled();
    }

    @Override
    public final @Nullable T result() {
        Object outcome = outcome();
        if (outcome instanceof Failed failed) {
            throw thrown(failed);
        }
        return cast(outcome);
    }

    @Override
    public final @Nullable Throwable exception() {
        Object outcome = outcome();
        if (outcome instanceof Failed failed) {
            if (failed.cancelled()) {
                throw (CancellationException) failed.cause();
            }
            return unwrapped(failed.cause());
        }
        return null;
    }

    private @Nullable Object outcome() {
        Object outcome = state;
        if (outcome == PENDING) {
            throw new InvalidStateException("result of " + this + " is not set yet: wait for it on another thread, or"
                    + " add a done callback");
        }
        seen();
        return outcome;
    }

    private void seen() {
        if (unseen != null) {
            synchronized (this) {
                if (unseen != null) {
                    kernel.unretrieved().retrieved(unseen);
                    unseen = null;
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable T cast(@Nullable Object outcome) {
        return (T) outcome;
    }

    private static RuntimeException thrown(Failed failed) {
        Throwable cause = unwrapped(failed.cause());
        if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new CompletionException(Text.of(cause), cause); // the text of the cause may fail
    }

    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    // ---- waiting

    @Override
    public final @Nullable T join() {
        try {
            await(0, false);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("not to be thrown by an uninterruptible wait", e);
        }
        return result();
    }

    @Override
    public final @Nullable T get() throws InterruptedException, ExecutionException {
        try {
            await(0, true);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not to be thrown by a wait without limit", e);
        }
        return got();
    }

    @Override
    public final @Nullable T get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        await(Math.max(1, unit.toNanos(timeout)), true);
        return got();
    }

    private @Nullable T got() throws ExecutionException {
        Object outcome = outcome();
        if (outcome instanceof Failed failed) {
            if (failed.cancelled()) {
                throw (CancellationException) failed.cause();
            }
            Throwable cause = unwrapped(failed.cause());
            throw new ExecutionException(Text.of(cause), cause); // the text of the cause may fail
        }
        return cast(outcome);
    }

    /** Waits until this is done; 0 waits without limit. */
    private void await(long nanos, boolean interruptible) throws InterruptedException, TimeoutException {
        if (isDone()) {
            return;
        }
        if (kernel.isOnLoopThread()) {
            throw new IllegalStateException("waiting for " + this + " on the thread of its loop \"" + kernel.loopName()
                    + "\" would block the loop for ever: add a done callback instead");
        }
        boolean interrupted = false;
        kernel.waiting(this, true);
        try {
            long deadline = System.nanoTime() + nanos;
            synchronized (this) {
                waiters++;
                try {
                    while (!isDone()) {
                        if (kernel.isClosed()) {
                            throw new LoopClosedException(this + " will never be done: its loop \"" + kernel.loopName()
                                    + "\" was closed");
                        }
                        long left = nanos == 0 ? 0 : deadline - System.nanoTime();
                        if (nanos != 0 && left <= 0) {
                            throw new TimeoutException(this + " is not done after " + nanos / 1_000_000 + " ms");
                        }
                        try {
                            wait(nanos == 0 ? 0 : left / 1_000_000, nanos == 0 ? 0 : (int) (left % 1_000_000));
                        } catch (InterruptedException e) {
                            if (interruptible) {
                                throw e;
                            }
                            interrupted = true;
                        }
                    }
                } finally {
                    waiters--;
                }
            }
        } finally {
            kernel.waiting(this, false);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    final synchronized void wakeWaiters() {
        notifyAll();
    }

    // ---- depending

    @Override
    public final void addDoneCallback(Consumer<? super LoopFuture<T>> callback) {
        Objects.requireNonNull(callback, "callback");
        register(callback, () -> callback.accept(this));
    }

    @Override
    public final synchronized int removeDoneCallback(Consumer<? super LoopFuture<T>> callback) {
        int before = registrations.size();
        registrations.removeIf(each -> callback.equals(each.key()));
        return before - registrations.size();
    }

    private void register(Object key, Runnable action) {
        synchronized (this) {
            if (state == PENDING) {
                registrations.add(new Registration<>(key, action));
                return;
            }
        }
        schedule(action);
    }

    @Override
    final void whenDone(Outcome<T> outcome) {
        register(outcome, () -> {
            seen();
            Object present = state;
            if (present instanceof Failed failed) {
                outcome.take(null, failed.cause());
            } else {
                outcome.take(cast(present), null);
            }
        });
    }

    /** Notes, for people, what this waits for, and the class of what then makes its result. */
    final synchronized void awaits(Object stage, @Nullable Class<?> next) {
        if (state == PENDING) {
            awaited = stage;
            maker = next;
        }
    }

    final synchronized @Nullable Object awaited() {
        return awaited;
    }

    final synchronized @Nullable Class<?> maker() {
        return maker;
    }

    @Override
    <U> CoreFuture<U> newDependent() {
        return new CoreFuture<>(kernel, false); // in a chain, only the failure at its start is worth a report
    }

    @Override
    final CoreFuture<T> self() {
        return this;
    }

    String kindName() {
        return "Future";
    }

    final String textWhenFailed(Throwable cause) {
        return text(new Failed(cause, false));
    }

    @Override
    public String toString() {
        return text(state);
    }

    private String text(@Nullable Object present) {
        String how = present == PENDING ? "pending" : !(present instanceof Failed failed) ? "finished"
                : failed.cancelled() ? "cancelled" : "failed: " + Text.of(failed.cause());
        return "<" + kindName() + " " + how + " of loop \"" + kernel.loopName() + "\">";
    }
}
