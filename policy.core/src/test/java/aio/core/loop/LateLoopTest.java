package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.kernel.SleepingDriver;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.LoopOptions;
import aio.spi.DriverContext;
import aio.spi.IoDriver;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is reported of a loop whose exchange outlasts the wait, and what is told when it is over. */
@Timeout(60)
class LateLoopTest {
    private static final long NO_WAIT = 0;

    private final SleepingDriver before = new SleepingDriver("before");
    private final SleepingDriver after = new SleepingDriver("after");
    private final ProcessLauncher launcher = new ProcessLauncher(new SharedReaper());
    private final Loops loops = new Loops(type -> "", launcher);
    private final CoreLoop loop = (CoreLoop) loops.newLoop(before, LoopOptions.defaults().withName("busy"));
    private final Thread thread = new Thread(loop::runForever, "runner");
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);

    @BeforeEach
    void block() throws InterruptedException {
        loop.callSoon(() -> {
            entered.countDown();
            awaitQuietly(leave);
        });
        thread.start();
        entered.await();
    }

    @AfterEach
    void close() throws InterruptedException {
        leave.countDown();
        if (!loop.isClosed()) {
            loop.callSoonThreadsafe(loop::stop);
        }
        thread.join();
        loop.close();
        launcher.close();
    }

    private LateLoop evicted(SleepingDriver next) {
        ExchangeReport report = loops.evict(before, next, NO_WAIT);
        assertThat(report.loops()).isZero();
        assertThat(report.late()).hasSize(1);
        LateLoop late = report.late().get(0);
        assertThat(report.stayed()).containsExactly(late.why());
        assertThat(late.why()).contains("loop \"busy\" is blocked on thread \"runner\"");
        assertThat(late.outcome().toCompletableFuture()).isNotDone();
        return late;
    }

    private static ExchangeReport outcomeOf(LateLoop late) throws Exception {
        return late.outcome().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aLoopThatFollows_isTold() throws Exception {
        LateLoop late = evicted(after);
        leave.countDown();
        ExchangeReport outcome = outcomeOf(late);
        assertThat(outcome.loops()).isEqualTo(1);
        assertThat(outcome.stayed()).isEmpty();
        assertThat(loop.kernel().seat().factory()).isSameAs(after);
    }

    @Test
    void aLoopThatIsClosed_isTold() throws Exception {
        loop.stop();
        LateLoop late = evicted(after);
        leave.countDown();
        thread.join();
        loop.close();
        assertThat(outcomeOf(late).loops()).isZero();
        assertThat(outcomeOf(late).stayed()).containsExactly("loop \"busy\" has not followed: it was closed");
    }

    @Test
    void aLoopThatFollowsALaterChange_hasNotFollowedTheFirst() throws Exception {
        LateLoop first = evicted(after);
        SleepingDriver latest = new SleepingDriver("latest");
        LateLoop second = evicted(latest);
        leave.countDown();
        assertThat(outcomeOf(second).loops()).isEqualTo(1);
        assertThat(outcomeOf(first).loops()).isZero();
        assertThat(outcomeOf(first).stayed())
                .containsExactly("loop \"busy\" has not followed: another change came before");
        assertThat(loop.kernel().seat().factory()).isSameAs(latest);
    }

    @Test
    void aLoopWhoseDriverFails_isToldWithTheReason() throws Exception {
        LateLoop late = evicted(new SleepingDriver("hopeless") {
            @Override
            public IoDriver open(DriverContext context) {
                throw new IllegalStateException("planted failure");
            }
        });
        leave.countDown();
        assertThat(outcomeOf(late).loops()).isZero();
        assertThat(outcomeOf(late).stayed()).singleElement().asString()
                .contains("loop \"busy\" stays on driver \"before\"", "\"hopeless\" cannot be opened", "planted failure");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
