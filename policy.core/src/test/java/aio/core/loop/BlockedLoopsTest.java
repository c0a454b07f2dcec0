package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.kernel.SleepingDriver;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.BundleId;
import aio.loop.LoopOptions;
import aio.spi.DriverContext;
import aio.spi.IoDriver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockedLoopsTest {
    private final Origin origin = type -> Optional.of(new BundleId("bundle of " + type.getSimpleName(), 7));
    private final ProcessLauncher launcher = new ProcessLauncher(new SharedReaper());
    private final CoreLoop loop = (CoreLoop) new Loops(origin, launcher).newLoop(null, LoopOptions.defaults());
    private final Thread thread = new Thread(loop::runForever, "runner");
    private final CountDownLatch entered = new CountDownLatch(1);

    @BeforeEach
    void run() {
        thread.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        loop.callSoonThreadsafe(loop::stop);
        thread.join();
        loop.close();
        launcher.close();
    }

    @Test
    void aLoopInACallbackThatDoesNotReturn_isBlocked_byThatOne() throws InterruptedException {
        Blocker blocker = new Blocker();
        loop.callSoonThreadsafe(blocker);
        entered.await();
        try {
            assertThat(BlockedLoops.describe(loop, origin)).contains("is blocked on thread \"runner\" by "
                    + Blocker.class.getName() + " of bundle bundle of Blocker", "CountDownLatch.await");
        } finally {
            blocker.leave.countDown();
        }
    }

    @Test
    void aLoopThatGoesFromCallbackToCallback_isNotBlocked() throws InterruptedException {
        Worker worker = new Worker();
        loop.callSoonThreadsafe(worker);
        entered.await();
        int works = 0;
        for (int i = 0; i < 100; i++) { // one look may fall between two callbacks
            works += BlockedLoops.describe(loop, origin).contains("on thread \"runner\" works, and has not") ? 1 : 0;
        }
        assertThat(works).as("a thread that has no processor for a while may be taken for a blocked one")
                .isGreaterThan(90);
        worker.over = true;
    }

    @Test
    void aLoopWhoseDriverDoesNotReturn_isBlocked_byThatOne() throws InterruptedException {
        CountDownLatch leave = new CountDownLatch(1);
        SleepingDriver stuck = new SleepingDriver("stuck") {
            @Override
            public void dispatch() {
                entered.countDown();
                awaitQuietly(leave);
            }
        };
        Loops loops = new Loops(origin, launcher);
        CoreLoop blocked = (CoreLoop) loops.newLoop(stuck, LoopOptions.defaults().withName("blocked"));
        Thread runs = new Thread(blocked::runForever, "stuck runner");
        runs.start();
        blocked.callSoonThreadsafe(() -> {});
        entered.await();
        try {
            assertThat(BlockedLoops.describe(blocked, origin)).contains("loop \"blocked\" is blocked on thread"
                    + " \"stuck runner\" by driver \"stuck\" (", ") of bundle bundle of ", "CountDownLatch.await");
        } finally {
            leave.countDown();
            blocked.callSoonThreadsafe(blocked::stop);
            runs.join();
            blocked.close();
        }
    }

    @Test
    void aDriverThatDoesNotOpen_isNamed_andNotTheOneBefore() throws InterruptedException {
        CountDownLatch leave = new CountDownLatch(1);
        assertNamed("slow to open", new SleepingDriver("before"), new SleepingDriver("slow to open") {
            @Override
            public IoDriver open(DriverContext context) {
                entered.countDown();
                awaitQuietly(leave);
                return super.open(context);
            }
        }, leave);
    }

    @Test
    void aDriverThatDoesNotClose_isNamed_andNotTheOneAfter() throws InterruptedException {
        CountDownLatch leave = new CountDownLatch(1);
        assertNamed("slow to close", new SleepingDriver("slow to close") {
            @Override
            public void close() {
                entered.countDown();
                awaitQuietly(leave);
            }
        }, new SleepingDriver("after"), leave);
    }

    private void assertNamed(String guilty, SleepingDriver from, SleepingDriver to, CountDownLatch leave)
            throws InterruptedException {
        Loops loops = new Loops(origin, launcher);
        CoreLoop moving = (CoreLoop) loops.newLoop(from, LoopOptions.defaults());
        Thread runs = new Thread(moving::runForever, "moving runner");
        runs.start();
        CountDownLatch running = new CountDownLatch(1);
        moving.callSoonThreadsafe(running::countDown);
        running.await();
        loops.want(to, List.of(), List.of(from, to), List.of()).await(0);
        entered.await();
        try {
            assertThat(BlockedLoops.describe(moving, origin)).contains("by driver \"" + guilty + "\"");
        } finally {
            leave.countDown();
            moving.callSoonThreadsafe(moving::stop);
            runs.join();
            moving.close();
        }
        assertThat(moving.kernel().seat().called()).isSameAs(moving.kernel().seat().factory());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Blocker implements Runnable {
        final CountDownLatch leave = new CountDownLatch(1);

        @Override
        public void run() {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Always in a callback, and never long. */
    private final class Worker implements Runnable {
        volatile boolean over;

        @Override
        public void run() {
            entered.countDown();
            if (!over) {
                loop.callSoon(this);
            }
        }
    }
}
