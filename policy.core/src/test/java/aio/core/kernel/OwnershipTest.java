package aio.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
    void aFailureThatCannotBeTold_endsTheClaim() throws Exception {
        Ownership untold = new Ownership("untold", failure -> {
            throw new InternalError("planted");
        });
        List<String> done = new ArrayList<>();
        untold.ifIdle(() -> {
            FutureTask<Boolean> handsOver = new FutureTask<>(() -> untold.ifIdle(() -> {
                throw new IllegalStateException("planted failure");
            }));
            new Thread(handsOver).start();
            assertThat(handsOver).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
            untold.ifIdle(() -> done.add("the claiming thread's"));
        });
        assertThat(done).hasSize(1);
        assertThat(untold.holder()).isNull();
        untold.startRunning();
    }

    @Test
    void aRunThatWaitsForLong_saysForWhom() throws Exception {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("aio.loop").addHandler(handler);
        Ownership impatient = new Ownership("impatient", failures::add, SHORT_WAIT_NANOS);
        try {
            impatient.ifIdle(() -> {
                new Thread(impatient::startRunning, "runs").start();
                while (logged.isEmpty()) {
                    assertInTime();
                }
            });
            while (impatient.runner() == null) {
                assertInTime();
            }
        } finally {
            Logger.getLogger("aio.loop").removeHandler(handler);
        }
        assertThat(logged).singleElement().asString().contains("loop \"impatient\" is to run on thread \"runs\"",
                "waits for thread \"" + Thread.currentThread().getName() + "\"", "protocol factory");
    }

    /** The timeout of the class interrupts. */
    private static void assertInTime() {
        Thread.onSpinWait();
        assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
    }

    @Test
    void aRunWaitsForTheEndOfAClaim_withoutACore() throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        Thread claims = claimUntil(leave);
        Thread runs = new Thread(ownership::startRunning, "runs");
        runs.start();
        while (runs.getState() != Thread.State.TIMED_WAITING) {
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
