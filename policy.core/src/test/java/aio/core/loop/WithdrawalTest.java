package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.EventLoop;
import aio.loop.LoopClosedException;
import aio.loop.LoopFuture;
import aio.loop.LoopOptions;
import aio.loop.Task;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a bundle that stops has on a managed loop is ended, and nothing else. */
@Timeout(30)
final class WithdrawalTest {
    private static final long SECONDS_10 = TimeUnit.SECONDS.toNanos(10);
    private static final Predicate<Object> OURS =
            user -> (user instanceof Class<?> type ? type : user.getClass()).getName()
                    .startsWith(WithdrawalTest.class.getName());

    private final SharedReaper reaper = new SharedReaper();
    private final ProcessLauncher launcher = new ProcessLauncher(reaper);
    private final Loops loops = new Loops(Origin.NONE, launcher);
    private final EventLoop loop = loops.newManagedLoop("shared").loop();
    private final LoopClosedException stopped = new LoopClosedException("the bundle has stopped");

    @AfterEach
    void close() {
        loops.closeAll(stopped, SECONDS_10);
        launcher.close();
        reaper.close();
    }

    @Test
    void tasks_areCancelled_andTheirWaitersAreTold() throws Exception {
        LoopFuture<String> never = loop.createFuture();
        CountDownLatch begun = new CountDownLatch(1);
        Task<String> task = loop.createTask(() -> {
            begun.countDown();
            return never;
        });
        CountDownLatch told = new CountDownLatch(1);
        task.addDoneCallback(done -> told.countDown());
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        loops.withdraw(user -> false, stopped, SECONDS_10);
        assertThat(task.isDone()).isFalse();
        assertThat(loops.wasUsedBy(7, OURS)).as("it has a task").isTrue();

        loops.withdraw(OURS, stopped, SECONDS_10);
        assertThat(task.isCancelled()).isTrue();
        assertThat(never.isCancelled()).isTrue();
        assertThat(loop.allTasks()).isEmpty();
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void workThatWaitsInAnExecutor_isNeverBegun() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        AtomicBoolean ran = new AtomicBoolean();
        LoopFuture<Boolean> waiting = loop.runInExecutor(
                work -> new Thread(() -> {
                    awaitQuietly(free);
                    work.run();
                }).start(),
                () -> ran.getAndSet(true));

        loops.withdraw(OURS, stopped, SECONDS_10);
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class).hasCause(stopped);
        free.countDown();
        assertThat(loop.runInExecutor(() -> "after it").get(10, TimeUnit.SECONDS)).isEqualTo("after it");
        assertThat(ran).isFalse();
    }

    @Test
    void onlyABundleThatHasGotALoop_isWaitedFor_andThenForgotten() {
        assertThat(loops.wasUsedBy(7, OURS)).isFalse();
        loops.usedBy(7);
        assertThat(loops.wasUsedBy(8, OURS)).isFalse();
        assertThat(loops.wasUsedBy(7, OURS)).isTrue();
        assertThat(loops.wasUsedBy(7, OURS)).isFalse();
    }

    /** It is asked for while another thread closes the loop, so that it happens on a closed one. */
    @Test
    void ofALoopThatIsBeingClosed_isOverAtOnce() throws Exception {
        CoreLoop closing = (CoreLoop) loops.newLoop(null, LoopOptions.defaults());
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch close = new CountDownLatch(1);
        Thread closer = new Thread(() -> closing.kernel().execute(() -> {
            held.countDown();
            awaitQuietly(close);
            closing.closeNow();
        }));
        closer.start();
        assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
        Thread withdrawer = new Thread(() ->
                new Withdrawal(List.of(closing), user -> true, stopped).run(TimeUnit.SECONDS.toNanos(60)));
        withdrawer.start();
        while (withdrawer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        close.countDown();
        closer.join();
        withdrawer.join();
        assertThat(closing.isClosed()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
