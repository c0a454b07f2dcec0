package aio.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An executor of the core: few threads, no work lost, whatever happens to one of them. */
@Timeout(60)
class CoreExecutorTest {
    private static final long LONG_NANOS = 60_000_000_000L;

    private final CoreExecutor executor = new CoreExecutor("test-pool", 2, LONG_NANOS);
    private final BlockingQueue<Thread> done = new LinkedBlockingQueue<>();
    private final CountDownLatch free = new CountDownLatch(1);

    @AfterEach
    void end() {
        free.countDown();
        executor.shutdownNow();
    }

    private void note() {
        done.add(Thread.currentThread());
    }

    private Thread next() throws InterruptedException {
        Thread next = done.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    /** Lets a thread be busy until {@code free}. */
    private void block() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        executor.execute(() -> {
            begun.countDown();
            try {
                free.await();
            } catch (InterruptedException e) {
                done.add(Thread.currentThread()); // seen by the test that no thread is interrupted
            }
        });
        begun.await();
    }

    @Test
    void anIdleThreadIsUsedAgain_andNoMoreThreadsThanAllowedAreThere() throws Exception {
        executor.execute(this::note);
        Thread first = next();
        NoThreads.until(() -> first.getState() == Thread.State.TIMED_WAITING);
        executor.execute(this::note);
        assertThat(next()).isSameAs(first);
        block();
        block();
        Set<Thread> used = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            executor.execute(this::note);
        }
        assertThat(done).as("both threads are busy").isEmpty();
        free.countDown();
        for (int i = 0; i < 10; i++) {
            used.add(next());
        }
        assertThat(used).hasSizeBetween(1, 2).allMatch(thread -> thread.getName().startsWith("test-pool-"));
    }

    @Test
    void anIdleThread_keepsNothingOfItsLastWork() throws Exception {
        WeakReference<Object> used = new WeakReference<>(useOnce());
        Thread thread = next();
        NoThreads.until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        NoThreads.until(() -> {
            System.gc();
            return used.refersTo(null);
        });
        assertThat(thread.isAlive()).isTrue();
    }

    private Object useOnce() {
        Object object = new Object();
        executor.execute(() -> {
            assertThat(object).isNotNull();
            note();
        });
        return object;
    }

    @Test
    void anIdleThreadEnds() throws Exception {
        CoreExecutor brief = new CoreExecutor("test-brief", 1, 1_000_000);
        brief.execute(this::note);
        next().join();
        brief.execute(this::note);
        next().join();
    }

    @Test
    void withoutAThread_workIsDoneByOneThatIsThere() throws Exception {
        block();
        try (NoThreads none = new NoThreads()) {
            executor.execute(this::note);
            assertThat(none.refused()).isEqualTo(1);
            free.countDown();
            next();
        }
    }

    @Test
    void withoutAnyThread_workIsDoneLater() throws Exception {
        try (NoThreads none = new NoThreads()) {
            executor.execute(this::note);
            assertThat(none.refused()).isEqualTo(1);
            assertThat(done).isEmpty();
        }
        NoThreads.until(() -> !done.isEmpty());
    }

    @Test
    void workThatFails_endsItsThread_andNotTheWorkAfterIt() throws Exception {
        block();
        CompletableFuture<Thread> failed = new CompletableFuture<>();
        Runnable failing = () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> failed.complete(thread));
            throw new StackOverflowError("planted");
        };
        executor.execute(failing);
        executor.execute(failing);
        executor.execute(this::note);
        assertThat(next()).isNotSameAs(failed.get(20, TimeUnit.SECONDS));
    }

    @Test
    void anInterruptIsNotSeenByTheNextWork() throws Exception {
        executor.execute(() -> Thread.currentThread().interrupt());
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        executor.execute(() -> seen.complete(Thread.currentThread().isInterrupted()));
        assertThat(seen.get(20, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void shutdown_doesWhatWaits_andTakesNoMore() throws Exception {
        block();
        block();
        executor.execute(this::note);
        executor.shutdown();
        assertThatThrownBy(() -> executor.execute(this::note)).isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("test-pool");
        assertThat(executor.awaitTermination(10, TimeUnit.MILLISECONDS)).isFalse();
        free.countDown();
        next();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(done).isEmpty();
    }

    @Test
    void shutdownNow_forgetsWhatWaits_andInterruptsNothing() throws Exception {
        block();
        block();
        Runnable waiting = this::note;
        executor.execute(waiting);
        assertThat(executor.shutdownNow()).containsExactly(waiting);
        free.countDown();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(done).isEmpty();
    }

    @Test
    void shutdownWithoutThreads_hasEndedAtOnce() {
        executor.shutdown();
        assertThat(executor.isTerminated()).isTrue();
    }
}
