package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.itest.probe.Idle;
import aio.loop.EventLoop;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Proves that stopping a policy never waits for ever for a loop: not for one that user code blocks, nor for the own
 * one.
 */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class BlockedLoopIT {
    private final PolicyDirectory directory = Framework.directory();

    @Test
    void blockedLoop_isReportedWithThreadAndGuilty_andFollowsWhenItIsFree() throws Exception {
        Blocker blocker = new Blocker();
        try (Installed win = Installed.winselector();
                LoopThread loop = LoopThread.start()) {
            win.start();
            loop.loop().callSoonThreadsafe(blocker);
            blocker.entered.await();

            win.stop(); // that it returns at all is half of the test

            assertThat(Framework.driverBundle(loop.loop().info())).isEqualTo(win.name());
            PolicyChange change = last(directory.history());
            assertThat(change.to()).hasValue("default");
            assertThat(change.toFollow()).isEqualTo(1);
            assertThat(change.stayed()).singleElement().satisfies(text -> assertThat(text).contains(
                    "loop \"" + loop.loop().name() + "\" is blocked",
                    "thread \"" + loop.thread().getName() + "\"",
                    Blocker.class.getName() + " of bundle aio.itest",
                    "CountDownLatch.await"));

            blocker.leave.countDown();
            Await.until("the loop has followed", () ->
                    Framework.driverBundle(loop.loop().info()).startsWith("aio.policy.default ["));
            Await.until("the history knows it", () -> numbered(change.number()).toFollow() == 0);
            assertThat(numbered(change.number()).loops()).isEqualTo(change.loops() + 1);
            assertThat(numbered(change.number()).stayed()).isEmpty();
        } finally {
            blocker.leave.countDown();
        }
    }

    @Test
    void policyStoppedByACallback_doesNotWaitForItsOwnLoop() throws Exception {
        try (Installed win = Installed.winselector();
                LoopThread loop = LoopThread.start()) {
            win.start();
            String during = loop.call(() -> {
                win.stop();
                return directory.current().orElseThrow().name();
            });
            assertThat(during).isEqualTo("default");
            Await.until("the loop has followed", () ->
                    Framework.driverBundle(loop.loop().info()).startsWith("aio.policy.default ["));
            assertThat(loop.call(() -> "alive")).isEqualTo("alive");
            Await.until("the history knows it", () -> last(directory.history()).toFollow() == 0);
            assertThat(last(directory.history()).loops()).isPositive();
            assertThat(last(directory.history()).stayed()).isEmpty();
        }
    }

    @Test
    void aBundleThatNeverUsedALoop_isNotMadeToWait_whileTheSharedOneIsBlocked() throws Exception {
        Blocker blocker = new Blocker();
        try (Installed idle = GeneratedBundle.install("itest.idle", Idle.class)) {
            idle.start();
            Framework.service(EventLoop.class).callSoonThreadsafe(blocker);
            blocker.entered.await();

            long begun = System.nanoTime();
            idle.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1_900));
        } finally {
            blocker.leave.countDown();
        }
    }

    private PolicyChange numbered(long number) {
        return directory.history().stream().filter(change -> change.number() == number).findFirst().orElseThrow();
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private static final class Blocker implements Runnable {
        final CountDownLatch entered = new CountDownLatch(1);
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
}
