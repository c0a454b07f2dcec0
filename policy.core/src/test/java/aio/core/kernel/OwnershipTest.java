package aio.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OwnershipTest {
    private static final int RUNS = 20_000;
    private static final long NO_WAIT = 0;
    private static final long SHORT_WAIT_NANOS = 20_000_000;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Ownership ownership = new Ownership("owned", failures::add);

    /** A thread that sees no runner any more can close the loop. */
    @Test
    void aLoopWhoseRunnerIsGoneIsIdle() throws Exception {
        CyclicBarrier begun = new CyclicBarrier(2);
        CyclicBarrier ended = new CyclicBarrier(2);
        FutureTask<Void> runs = new FutureTask<>(() -> {
            for (int i = 0; i < RUNS; i++) {
                ownership.startRunning();
                begun.await();
                ownership.endRunning();
                ended.await();
            }
            return null;
        });
        new Thread(runs).start();
        for (int i = 0; i < RUNS; i++) {
            begun.await();
            while (ownership.runner() != null) {
                Thread.onSpinWait();
            }
            assertThat(ownership.claimAndRun(() -> {}, 1_000_000_000)).isEqualTo(Ownership.Claim.DONE);
            ended.await();
        }
        runs.get();
    }

    private Thread claimUntil(CountDownLatch leave) throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        Thread thread = new Thread(() -> ownership.ifIdle(() -> {
            entered.countDown();
            awaitQuietly(leave);
        }), "claims");
        thread.start();
        entered.await();
        return thread;
    }

    @Test
    void whileAnotherThreadHasTheClaim_noCallWaits_andThatThreadDoesIt() throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        Thread claims = claimUntil(leave);
        List<Thread> by = new ArrayList<>();
        assertThat(ownership.ifIdle(() -> by.add(Thread.currentThread()))).isTrue();
        assertThat(by).isEmpty();
        assertThat(ownership.claimAndRun(() -> {}, SHORT_WAIT_NANOS)).isEqualTo(Ownership.Claim.HELD);
        leave.countDown();
        claims.join();
        assertThat(by).containsExactly(claims);
        assertThat(ownership.holder()).isNull();
    }

    @Test
    void anErrandThatFails_isTold_andTheNextOneIsDone() throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        Thread claims = claimUntil(leave);
        List<String> done = new ArrayList<>();
        ownership.ifIdle(() -> {
            throw new AssertionError("planted failure");
        });
        ownership.ifIdle(() -> done.add("second"));
        leave.countDown();
        claims.join();
        assertThat(done).containsExactly("second");
        assertThat(failures).singleElement().asString().contains("planted failure");
    }

    @Test
    void aRunWaitsForTheEndOfAClaim_withoutACore() throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        Thread claims = claimUntil(leave);
        Thread runs = new Thread(ownership::startRunning, "runs");
        runs.start();
        while (runs.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        leave.countDown();
        claims.join();
        runs.join();
        assertThat(ownership.runner()).isSameAs(runs);
        assertThat(ownership.ifIdle(() -> {})).isFalse();
        assertThat(ownership.claimAndRun(() -> {}, NO_WAIT)).isEqualTo(Ownership.Claim.RUNNING);
    }

    @Test
    void aRunFromInsideAClaim_isRefused() {
        assertThat(ownership.ifIdle(() -> assertThatThrownBy(ownership::startRunning)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be run from inside a call that it makes"))).isTrue();
        ownership.startRunning();
        assertThat(ownership.isRunner()).isTrue();
    }

    @Test
    void aClaimInsideAClaimOfTheSameThread_isThatOne() {
        List<String> done = new ArrayList<>();
        ownership.ifIdle(() -> {
            assertThat(ownership.claimAndRun(() -> done.add("inner"), NO_WAIT)).isEqualTo(Ownership.Claim.DONE);
            assertThat(ownership.holder()).isSameAs(Thread.currentThread());
            ownership.ifIdle(() -> done.add("second"));
        });
        assertThat(done).containsExactly("inner", "second");
        assertThat(ownership.holder()).isNull();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
