package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.LoopFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocking work beside the loop: C145 to C150. */
@Asyncio("eventloop#loop.run_in_executor")
public abstract class ExecutorContract extends LoopContract {
    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "of the test");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void shutDown() throws InterruptedException {
        release.countDown();
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).as("the executor ended").isTrue();
    }

    @Test
    void c145_work_runsOnAnotherThread_andItsResultArrivesOnTheLoop() {
        AtomicReference<Thread> arrivedOn = new AtomicReference<>();
        List<Thread> ranOn = new ArrayList<>();
        LoopFuture<String> future = loop.runInExecutor(() -> {
            ranOn.add(Thread.currentThread());
            return "yo";
        });
        future.addDoneCallback(done -> arrivedOn.set(Thread.currentThread()));

        assertThat(loop.runUntilComplete(future)).isEqualTo("yo");

        assertThat(ranOn).hasSize(1).doesNotContain(Thread.currentThread());
        assertThat(arrivedOn.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void c145_work_runsInTheGivenExecutor() {
        assertThat(loop.runUntilComplete(loop.runInExecutor(executor, () -> Thread.currentThread().getName())))
                .isEqualTo("of the test");
    }

    @Test
    @Asyncio("eventloop#loop.set_default_executor")
    void c145_work_runsInTheDefaultExecutorThatWasSet() {
        loop.setDefaultExecutor(executor);

        assertThat(loop.runUntilComplete(loop.runInExecutor(() -> Thread.currentThread().getName())))
                .isEqualTo("of the test");
    }

    @Test
    void c145_twoBlockingJobs_runSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        LoopFuture<Boolean> one = loop.runInExecutor(() -> meet(both));
        LoopFuture<Boolean> other = loop.runInExecutor(() -> meet(both));

        assertThat(loop.runUntilComplete(one)).isTrue();
        assertThat(loop.runUntilComplete(other)).isTrue();
    }

    private static boolean meet(CountDownLatch both) throws InterruptedException {
        both.countDown();
        return both.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void c146_failure_arrivesUnchanged() {
        IllegalArgumentException unchecked = new IllegalArgumentException("of the work");
        IOException checked = new IOException("of the work");
        LoopFuture<String> first = loop.runInExecutor(() -> {
            throw unchecked;
        });
        LoopFuture<String> second = loop.runInExecutor(() -> {
            throw checked;
        });

        assertThatThrownBy(() -> loop.runUntilComplete(first)).isSameAs(unchecked);
        assertThatThrownBy(() -> loop.runUntilComplete(second))
                .isInstanceOf(CompletionException.class)
                .hasCause(checked);
        assertThat(second.exception()).isSameAs(checked);
    }

    @Test
    void c146_refusalOfTheExecutor_isThrownOrArrives() {
        executor.shutdown();

        assertThatThrownBy(() -> loop.runUntilComplete(loop.runInExecutor(executor, () -> "never")))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void c147_cancelledJobThatOutlivesTheLoop_disturbsNothing() throws Exception {
        RecordingExceptionHandler handler = RecordingExceptionHandler.on(loop);
        List<String> order = new ArrayList<>();
        LoopFuture<String> job = loop.runInExecutor(executor, this::block);
        job.addDoneCallback(done -> order.add("told"));
        assertThat(started.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        try (LogCapture log = LogCapture.start()) {
            assertThat(job.cancel()).isTrue();
            executor.shutdown();
            loop.close();
            release.countDown();
            assertThat(executor.awaitTermination(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            assertThat(log.errors()).isEmpty();
            assertThat(log.warnings()).isEmpty();
        }
        assertThat(handler.contexts()).isEmpty();
        assertThat(order).isEmpty();
        assertThat(job.isCancelled()).isTrue();
    }

    @Test
    void c147_cancel_doesNotInterruptARunningJob() throws Exception {
        LoopFuture<String> job = loop.runInExecutor(executor, this::block);
        assertThat(started.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        job.cancel(true);
        release.countDown();
        LoopFuture<String> next = loop.runInExecutor(executor, () -> "not interrupted");

        assertThat(loop.runUntilComplete(next)).isEqualTo("not interrupted");
        assertThat(blockWasInterrupted).isFalse();
    }

    private volatile boolean blockWasInterrupted;

    private String block() {
        started.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            blockWasInterrupted = true;
        }
        return "released";
    }

    @Test
    void c147_resultAfterClose_isDropped() throws Exception {
        LoopFuture<String> job = loop.runInExecutor(executor, this::block);
        assertThat(started.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        try (LogCapture log = LogCapture.start()) {
            loop.close();
            release.countDown();
            executor.shutdown();
            assertThat(executor.awaitTermination(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            assertThat(log.errors()).isEmpty();
            assertThat(log.warnings()).isEmpty();
        }
        assertThat(job.getLoop()).isSameAs(loop);
    }

    @Test
    @Asyncio("eventloop#loop.shutdown_default_executor")
    void c149_afterShutdown_theDefaultIsRefused_andAnExplicitOneWorks() {
        assertThat(loop.runUntilComplete(loop.runInExecutor(() -> "before"))).isEqualTo("before");

        loop.runUntilComplete(loop.shutdownDefaultExecutor());

        assertThatThrownBy(() -> loop.runInExecutor(() -> "never"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shut");
        assertThat(loop.runUntilComplete(loop.runInExecutor(executor, () -> "explicit"))).isEqualTo("explicit");
    }

    @Test
    @Asyncio("eventloop#loop.shutdown_default_executor")
    void c149_shutdown_waitsForJobs() {
        loop.setDefaultExecutor(executor);
        LoopFuture<String> job = loop.runInExecutor(this::block);
        LoopFuture<Void> shutdown = loop.shutdownDefaultExecutor();
        runTurns(loop, 3);
        assertThat(shutdown.isDone()).as("shut down while a job runs").isFalse();

        release.countDown();
        loop.runUntilComplete(shutdown);

        assertThat(executor.isTerminated()).isTrue();
        assertThat(loop.runUntilComplete(job)).isEqualTo("released");
    }

    @Test
    @Asyncio("eventloop#loop.shutdown_default_executor")
    void c149_shutdownOfAnExecutorNeverUsed_isDone() {
        loop.runUntilComplete(loop.shutdownDefaultExecutor());

        assertThatThrownBy(() -> loop.runInExecutor(() -> "never")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Asyncio("eventloop#loop.shutdown_default_executor")
    void c150_shutdownWithAStuckJob_warnsAndComesBack() throws Exception {
        loop.setDefaultExecutor(executor);
        LoopFuture<String> job = loop.runInExecutor(this::block);
        assertThat(started.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        try (LogCapture log = LogCapture.start()) {
            loop.runUntilComplete(loop.shutdownDefaultExecutor(Duration.ofMillis(10)));

            assertThat(log.warnings()).singleElement().asString().contains(loop.name());
        }
        assertThat(job.isDone()).isFalse();
    }

    @Test
    @Asyncio("eventloop#loop.close")
    void close_shutsTheDefaultExecutorDown_withoutWaiting() {
        loop.setDefaultExecutor(executor);
        loop.runInExecutor(this::block);

        loop.close();

        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isFalse();
    }
}
