package aio.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which turns the kernel polls its driver. */
@Timeout(60)
class KernelPollTest {
    private static final int LINKS = 1_000;

    private final SleepingDriver driver = new SleepingDriver("counting");
    private final Kernel kernel = Kernels.on(driver);
    private int left;

    @AfterEach
    void close() {
        kernel.close();
    }

    /** Runs a chain of callbacks, and returns in how many turns the driver was polled. */
    private int pollsOfAChain(Runnable inEachLink) {
        left = LINKS;
        driver.polls = 0;
        kernel.callSoon(() -> link(inEachLink));
        kernel.runForever();
        return driver.polls;
    }

    private void link(Runnable inEachLink) {
        inEachLink.run();
        if (--left == 0) {
            kernel.stop();
        } else {
            kernel.callSoon(() -> link(inEachLink));
        }
    }

    @Test
    void aChainOfCallbacksPassesOverMostPollsButNeverMoreThan16InARow() {
        int polls = pollsOfAChain(() -> {});
        for (int i = 0; i < 10 && polls > LINKS / 2; i++) {
            polls = pollsOfAChain(() -> {}); // a poll follows each slow link, such as the first ones
        }
        assertThat(polls).isBetween(LINKS / 17, LINKS / 2);
    }

    @Test
    void aChainThatUsesAChannelInEachLinkPollsInEachTurn() {
        assertThat(pollsOfAChain(() -> kernel.channelUsed("write"))).isGreaterThanOrEqualTo(LINKS);
    }

    @Test
    void aDriverThatHasSomethingIsAskedInEachTurn() {
        driver.answer = 1;
        assertThat(pollsOfAChain(() -> {})).isGreaterThanOrEqualTo(LINKS);
    }

    @Test
    void aLoopThatWatchesADescriptorPollsInEachTurn() throws IOException {
        PlainAttachment watched = new PlainAttachment(Attachment.Kind.WATCH);
        try (SocketChannel channel = watched.channel()) {
            kernel.seat().attach(watched);
            assertThat(pollsOfAChain(() -> {})).isGreaterThanOrEqualTo(LINKS);
            assertThat(channel.isOpen()).isTrue();
        }
    }

    @Test
    void aLoopThatIsToStopPollsOnce() {
        pollsOfAChain(() -> {});
        driver.polls = 0;
        kernel.callSoon(() -> {});
        kernel.stop();
        kernel.runForever();
        assertThat(driver.polls).isEqualTo(1);
    }

    @Test
    void slowCallbacksPollInEachTurn() {
        int polls = pollsOfAChain(() -> {
            long end = System.nanoTime() + 25_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        });
        assertThat(polls).isGreaterThanOrEqualTo(LINKS);
    }

    @Test
    void callbacksOfAnotherThreadWakeTheLoopEachTime() throws InterruptedException {
        Thread loop = new Thread(kernel::runForever);
        loop.start();
        Semaphore ran = new Semaphore(0);
        for (int i = 0; i < 20_000; i++) {
            kernel.callSoonThreadsafe(ran::release);
            assertThat(ran.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
        kernel.callSoonThreadsafe(kernel::stop);
        loop.join();
    }
}
