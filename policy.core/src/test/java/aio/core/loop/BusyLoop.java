package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.LoopOptions;
import aio.spi.IoDriverFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A loop "busy" on a thread "runner" that stays in a callback until it is released. */
final class BusyLoop {
    private static final int SOON_SECONDS = 20;

    final CoreLoop loop;
    private final Thread thread;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);

    BusyLoop(Loops loops, IoDriverFactory driver, boolean following) throws InterruptedException {
        loop = (CoreLoop) loops.newLoop(driver, LoopOptions.defaults().withName("busy").withFollowing(following));
        loop.callSoon(() -> {
            entered.countDown();
            awaitQuietly(leave);
        });
        thread = new Thread(loop::runForever, "runner");
        thread.start();
        assertThat(entered.await(SOON_SECONDS, TimeUnit.SECONDS)).as("the loop is in the callback").isTrue();
    }

    void letGo() {
        leave.countDown();
    }

    /** Releases it, and waits until it has done all its work and stopped. */
    void end() throws InterruptedException {
        letGo();
        loop.callSoonThreadsafe(loop::stop);
        thread.join(TimeUnit.SECONDS.toMillis(SOON_SECONDS));
        assertThat(thread.isAlive()).as("the loop still runs").isFalse();
    }

    void close() throws InterruptedException {
        end();
        loop.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(SOON_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
