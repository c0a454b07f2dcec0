package aio.tasks;

import aio.loop.EventLoop;
import aio.loop.InvalidStateException;
import aio.loop.LoopFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * asyncio's functions over futures, for one loop: limits of time, and waiting for several. Any {@link CompletionStage}
 * may be given; one that is not a future of this loop is wrapped, see {@link EventLoop#wrapFuture}. The methods do not
 * block; they return futures of this loop. Each says what cancelling its future does.
 *
 * <p>Any thread. After the loop was closed, no returned future completes any more, and threads that wait for one are
 * woken with {@link aio.loop.LoopClosedException}.
 */
public final class Tasks {
    private final EventLoop loop;

    private Tasks(EventLoop loop) {
        this.loop = loop;
    }

    /** Returns the functions for a loop. */
    public static Tasks on(EventLoop loop) {
        return new Tasks(Objects.requireNonNull(loop, "loop"));
    }

    // ---- limits

    /**
     * Returns a future that ends as {@code stage} does, within a limit, as {@code asyncio.wait_for}. After the limit
     * the stage is cancelled. If that ends it, the future fails with {@link TimeoutException}; if the stage still ends
     * with a result, so does the future. Cancelling the future cancels the stage.
     *
     * @param limit how long the stage may take; zero or less cancels a stage that is not done at once
     */
    public <T> LoopFuture<T> waitFor(CompletionStage<T> stage, Duration limit) {
        LoopFuture<T> inner = loop.wrapFuture(stage);
        LoopFuture<T> outer = loop.createFuture();
        AtomicBoolean late = new AtomicBoolean();
        LoopFuture<Void> timer = loop.sleep(limit);
        timer.addDoneCallback(over -> {
            if (!over.isCancelled() && !inner.isDone()) {
                late.set(true);
                inner.cancel();
            }
        });
        inner.addDoneCallback(done -> {
            timer.cancel();
            if (late.get() && done.isCancelled()) {
                end(outer, () -> outer.setException(new TimeoutException("it was not done within " + limit)));
            } else {
                copy(done, outer);
            }
        });
        whenCancelled(outer, () -> {
            timer.cancel();
            inner.cancel();
        });
        return outer;
    }

    /**
     * Runs {@code work} as a task within a limit, as a block under {@code asyncio.timeout}; see {@link #waitFor}.
     *
     * @throws aio.loop.LoopClosedException if the loop is closed
     */
    public <T> LoopFuture<T> timeout(Duration limit, Callable<? extends CompletionStage<T>> work) {
        return waitFor(loop.createTask(work), limit);
    }

    /**
     * Returns a future that ends as {@code stage} does; cancelling it leaves the stage alone, as
     * {@code asyncio.shield}.
     */
    public <T> LoopFuture<T> shield(CompletionStage<T> stage) {
        LoopFuture<T> outer = loop.createFuture();
        loop.wrapFuture(stage).addDoneCallback(done -> copy(done, outer));
        return outer;
    }

    // ---- several

    /**
     * Returns a future of the results of all stages, in the order of the stages, as {@code asyncio.gather}. If a stage
     * fails, the future fails at once, and the other stages continue; a cancelled stage counts as one that fails with
     * {@link CancellationException}. Cancelling the future cancels all stages.
     */
    public <T> LoopFuture<List<T>> gather(Collection<? extends CompletionStage<? extends T>> stages) {
        List<LoopFuture<T>> all = wrap(stages);
        LoopFuture<List<T>> gathered = loop.createFuture();
        AtomicInteger left = new AtomicInteger(all.size());
        for (LoopFuture<T> each : all) {
            each.addDoneCallback(done -> {
                Throwable failure = failureOf(done);
                if (failure != null) {
                    end(gathered, () -> gathered.setException(failure));
                } else if (left.decrementAndGet() == 0) {
                    end(gathered, () -> gathered.setResult(resultsOf(all)));
                }
            });
        }
        if (all.isEmpty()) {
            gathered.setResult(List.of());
        }
        whenCancelled(gathered, () -> all.forEach(LoopFuture::cancel));
        return gathered;
    }

    /**
     * Returns a future that is done when enough stages are, as {@code asyncio.wait}. It never fails, and it cancels no
     * stage, also if it is cancelled itself.
     *
     * @throws IllegalArgumentException if no stage is given
     */
    public <T> LoopFuture<Waited<T>> waitUntil(
            ReturnWhen when, Collection<? extends CompletionStage<? extends T>> stages) {
        Objects.requireNonNull(when, "when");
        List<LoopFuture<T>> all = wrap(stages);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to wait for: give at least one stage");
        }
        LoopFuture<Waited<T>> waited = loop.createFuture();
        AtomicInteger left = new AtomicInteger(all.size());
        for (LoopFuture<T> each : all) {
            each.addDoneCallback(done -> {
                boolean last = left.decrementAndGet() == 0;
                if (last || isEnough(when, done)) {
                    end(waited, () -> waited.setResult(look(all)));
                }
            });
        }
        return waited;
    }

    /**
     * As {@link #waitUntil(ReturnWhen, Collection)}, within a limit: after it the future is done with the stages as
     * they are then. No stage is cancelled.
     */
    public <T> LoopFuture<Waited<T>> waitUntil(
            ReturnWhen when, Collection<? extends CompletionStage<? extends T>> stages, Duration limit) {
        List<LoopFuture<T>> all = wrap(stages);
        LoopFuture<Waited<T>> waited = waitUntil(when, all);
        LoopFuture<Void> timer = loop.sleep(limit);
        timer.addDoneCallback(over -> {
            if (!over.isCancelled()) {
                end(waited, () -> waited.setResult(look(all)));
            }
        });
        waited.addDoneCallback(done -> timer.cancel());
        return waited;
    }

    /**
     * Returns one future for each stage, in the order in which the stages end, as {@code asyncio.as_completed}: the
     * first future ends as the stage that ends first does, and so on. Cancelling a future cancels no stage.
     */
    public <T> List<LoopFuture<T>> asCompleted(Collection<? extends CompletionStage<? extends T>> stages) {
        List<LoopFuture<T>> all = wrap(stages);
        List<LoopFuture<T>> inOrder = new ArrayList<>();
        all.forEach(each -> inOrder.add(loop.createFuture()));
        AtomicInteger next = new AtomicInteger();
        all.forEach(each -> each.addDoneCallback(done -> copy(done, inOrder.get(next.getAndIncrement()))));
        return List.copyOf(inOrder);
    }

    // ---- ends

    private <T> List<LoopFuture<T>> wrap(Collection<? extends CompletionStage<? extends T>> stages) {
        List<LoopFuture<T>> all = new ArrayList<>();
        for (CompletionStage<? extends T> stage : stages) {
            @SuppressWarnings("unchecked") // a future gives results, and is not completed here
            LoopFuture<T> future = (LoopFuture<T>) loop.wrapFuture(stage);
            all.add(future);
        }
        return List.copyOf(all);
    }

    /** Asks for the failure only if it matters: a failure that was never asked for is reported. */
    private static boolean isEnough(ReturnWhen when, LoopFuture<?> done) {
        return switch (when) {
            case FIRST_COMPLETED -> true;
            case FIRST_EXCEPTION -> !done.isCancelled() && done.exception() != null;
            case ALL_COMPLETED -> false;
        };
    }

    private static <T> Waited<T> look(List<LoopFuture<T>> all) {
        List<LoopFuture<T>> done = new ArrayList<>();
        List<LoopFuture<T>> pending = new ArrayList<>();
        all.forEach(each -> (each.isDone() ? done : pending).add(each));
        return new Waited<>(done, pending);
    }

    private static <T> List<T> resultsOf(List<LoopFuture<T>> all) {
        List<T> results = new ArrayList<>();
        all.forEach(each -> results.add(each.result())); // null may be a result, so no List.copyOf
        return Collections.unmodifiableList(results);
    }

    private static @Nullable Throwable failureOf(LoopFuture<?> done) {
        return done.isCancelled() ? new CancellationException("one of those that were gathered was cancelled")
                : done.exception();
    }

    private static <T> void copy(LoopFuture<T> done, LoopFuture<T> to) {
        if (done.isCancelled()) {
            to.cancel();
            return;
        }
        Throwable failure = done.exception();
        end(to, () -> {
            if (failure != null) {
                to.setException(failure);
            } else {
                to.setResult(done.result());
            }
        });
    }

    /** Ends a future, unless it has ended meanwhile: it may be cancelled on any thread. */
    private static void end(LoopFuture<?> future, Runnable ending) {
        if (future.isDone()) {
            return;
        }
        try {
            ending.run();
        } catch (InvalidStateException e) {
            if (!future.isDone()) {
                throw e;
            }
        }
    }

    private static <T> void whenCancelled(LoopFuture<T> future, Runnable then) {
        Consumer<LoopFuture<T>> callback = done -> {
            if (done.isCancelled()) {
                then.run();
            }
        };
        future.addDoneCallback(callback);
    }
}
