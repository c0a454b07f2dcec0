package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.testkit.Asyncio;
import aio.testkit.Await;
import aio.testkit.NotInAsyncio;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A loop as an executor, as a scheduled executor service, with foreign stages, and with virtual threads that wait. */
@NotInAsyncio("a loop is no executor")
public abstract class BridgeContract extends NetContract {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** For subclasses. */
    protected BridgeContract() {}

    // ---- executor

    @Test
    void execute_runsOnTheLoop_inOrder() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            int number = i;
            loop.execute(() -> calls.add(number + " on " + Thread.currentThread().getName()));
        }
        loop.execute(done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        String thread = running.thread().getName();
        assertThat(calls).containsExactly("0 on " + thread, "1 on " + thread, "2 on " + thread);
    }

    @Test
    void execute_onTheLoopItself_runsNothingInside() {
        running.run(() -> {
            loop.execute(() -> calls.add("later"));
            calls.add("first");
        });
        running.turns(1);

        assertThat(calls).containsExactly("first", "later");
    }

    @Test
    void execute_afterClose_isRejected() {
        EventLoop closed = policy().newEventLoop();
        closed.close();

        assertThatThrownBy(() -> closed.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> closed.asScheduledExecutor().submit(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void execute_whatFails_goesToTheExceptionHandler() {
        loop.execute(() -> {
            throw new IllegalStateException("of a command");
        });
        loop.asScheduledExecutor().execute(() -> {
            throw new IllegalStateException("of a command of a view");
        });

        assertThat(reports.await(2)).extracting(report -> String.valueOf(report.exception()))
                .anyMatch(text -> text.endsWith("of a command"))
                .anyMatch(text -> text.endsWith("of a command of a view"));
    }

    // ---- executor service

    @Test
    void submit_returnsAFuture() throws Exception {
        ScheduledExecutorService view = loop.asScheduledExecutor();

        assertThat(view.submit(Thread::currentThread).get(10, TimeUnit.SECONDS)).isSameAs(running.thread());
        assertThatThrownBy(() -> view.submit((Callable<String>) () -> {
            throw new IllegalStateException("of a task");
        }).get()).isInstanceOf(ExecutionException.class).hasRootCauseMessage("of a task");
    }

    @Test
    void schedule_runsNotBeforeItsTime() throws Exception {
        ScheduledExecutorService view = loop.asScheduledExecutor();
        long start = System.nanoTime();
        ScheduledFuture<Long> late = view.schedule(System::nanoTime, 30, TimeUnit.MILLISECONDS);
        ScheduledFuture<Long> soon = view.schedule(System::nanoTime, -1, TimeUnit.MILLISECONDS);

        assertThat(late.compareTo(soon)).isPositive();
        assertThat(late.getDelay(TimeUnit.HOURS)).isZero();
        assertThat(late.get() - start).isGreaterThanOrEqualTo(30_000_000);
        assertThat(soon.isDone()).isTrue();
    }

    @Test
    void periodicTasks_runUntilTheyFailOrAreCancelled() throws Exception {
        ScheduledExecutorService view = loop.asScheduledExecutor();
        AtomicInteger count = new AtomicInteger();
        CountDownLatch five = new CountDownLatch(5);

        ScheduledFuture<?> failing = view.scheduleAtFixedRate(() -> {
            if (count.incrementAndGet() == 3) {
                throw new IllegalStateException("the third time");
            }
        }, 0, 1, TimeUnit.MILLISECONDS);
        ScheduledFuture<?> cancelled = view.scheduleWithFixedDelay(five::countDown, 1, 1, TimeUnit.MILLISECONDS);

        assertThatThrownBy(failing::get).hasRootCauseMessage("the third time");
        assertThat(five.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(cancelled.cancel(true)).isTrue();
        running.linger(Duration.ofMillis(20));
        assertThat(count).hasValue(3);
        assertThat(loop.info().timers()).isZero();
        assertThatThrownBy(() -> view.scheduleAtFixedRate(() -> {}, 0, 0, TimeUnit.SECONDS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void invokeAll_andInvokeAny_waitBesideTheLoop() throws Exception {
        ScheduledExecutorService view = loop.asScheduledExecutor();
        List<Callable<String>> work = List.of(() -> "a", () -> "b");

        List<String> results = new ArrayList<>();
        for (Future<String> each : view.invokeAll(work)) {
            results.add(each.get());
        }

        assertThat(results).containsExactly("a", "b");
        assertThat(view.invokeAny(work)).isIn("a", "b");
    }

    @Test
    void waiting_onTheLoopItself_isRefused() {
        ScheduledExecutorService view = loop.asScheduledExecutor();
        running.run(() -> {
            assertThatThrownBy(() -> view.invokeAll(List.of(() -> "a"))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> view.invokeAny(List.of(() -> "a"))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> view.submit(() -> "a").get()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> view.awaitTermination(1, TimeUnit.SECONDS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(loop.name());
        });
    }

    @Test
    void shutdown_endsTheView_notTheLoop() throws Exception {
        ScheduledExecutorService view = loop.asScheduledExecutor();
        ScheduledFuture<String> delayed = view.schedule(() -> "still run", 20, TimeUnit.MILLISECONDS);
        ScheduledFuture<?> periodic = view.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS);
        view.shutdown();

        assertThatThrownBy(() -> view.submit(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("shut down");
        assertThat(periodic.isCancelled()).isTrue();
        assertThat(view.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(delayed.get()).isEqualTo("still run");
        assertThat(view.isTerminated()).isTrue();
        assertThat(loop.isRunning()).isTrue();
        assertThat(loop.asScheduledExecutor().submit(() -> "another view").get()).isEqualTo("another view");
    }

    @Test
    void shutdownNow_returnsWhatHasNotBegun() throws Exception {
        ScheduledExecutorService view = loop.asScheduledExecutor();
        view.schedule(() -> calls.add("never"), 1, TimeUnit.HOURS);

        assertThat(view.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(view.shutdownNow()).hasSize(1);
        assertThat(view.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        Await.until("the timer is gone", () -> loop.info().timers() == 0);
        assertThat(calls).isEmpty();
    }

    @Test
    void closingTheLoop_cancelsTheTasksThatAreLeft() throws Exception {
        EventLoop closed = policy().newEventLoop();
        ScheduledExecutorService view = closed.asScheduledExecutor();
        ScheduledFuture<?> left = view.schedule(() -> {}, 1, TimeUnit.HOURS);
        closed.close();

        assertThatThrownBy(left::get).isInstanceOf(CancellationException.class);
        assertThat(view.isShutdown()).isTrue();
        assertThat(view.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    // ---- stages

    @Test
    @Asyncio("future#wrap_future")
    void wrapFuture_endsAsTheStageDoes_onTheLoop() throws Exception {
        CompletableFuture<String> stage = new CompletableFuture<>();
        LoopFuture<String> future = loop.wrapFuture(stage);
        LoopFuture<Thread> seen = loop.createFuture();
        future.addDoneCallback(done -> seen.setResult(Thread.currentThread()));
        stage.complete("result");

        assertThat(done(future)).isEqualTo("result");
        assertThat(done(seen)).isSameAs(running.thread());
        assertThat(future.getLoop()).isSameAs(loop);
        assertThat(failureOf(() -> loop.wrapFuture(
                CompletableFuture.failedFuture(new IllegalStateException("of the stage")))))
                .hasMessage("of the stage");
    }

    @Test
    @Asyncio("future#wrap_future")
    void wrapFuture_ofItsOwnFuture_isThatFuture() {
        LoopFuture<String> own = loop.createFuture();
        EventLoop other = start(policy().newEventLoop()).loop();

        assertThat((Object) loop.wrapFuture(own)).isSameAs(own);
        LoopFuture<String> bridged = other.wrapFuture(own);
        own.setResult("crossed");
        assertThat(bridged.getLoop()).isSameAs(other);
        assertThat(done(bridged)).isEqualTo("crossed");
    }

    @Test
    @Asyncio("future#wrap_future")
    void wrapFuture_passesCancellingOn_bothWays() {
        CompletableFuture<String> first = new CompletableFuture<>();
        loop.wrapFuture(first).cancel();
        CompletableFuture<String> second = new CompletableFuture<>();
        LoopFuture<String> wrapped = loop.wrapFuture(second);
        second.cancel(true);

        assertThat(first.isCancelled()).isTrue();
        assertThat(wrapped.isCancelled()).isTrue();
    }

    @Test
    @Asyncio("task#run_coroutine_threadsafe")
    void runCoroutineThreadsafe_isCreateTask_fromAnyThread() {
        LoopFuture<Thread> task =
                loop.createTask(() -> CompletableFuture.completedFuture(Thread.currentThread()));

        assertThat(task.join()).isSameAs(running.thread());
    }

    // ---- virtual threads

    @Test
    void virtualThreads_mayWaitForFutures() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, () -> "SKIPPED, NOT TESTED: Java "
                + Runtime.version().feature() + " has no virtual threads; run this on Java 21 or later");
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        LoopFuture<String> future = loop.createFuture();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            threads.add((Thread) start.invoke(null, (Runnable) () -> calls.add(future.join())));
        }
        loop.callSoonThreadsafe(() -> future.setResult("result"));
        for (Thread thread : threads) {
            thread.join(10_000);
        }

        assertThat(calls).hasSize(200).containsOnly("result");
    }
}
