package aio.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Work begins on a thread of its own; if the system has none left, it begins later, and no caller fails. A thread of
 * another test that ends in the middle may take it, as it should.
 */
@Timeout(60)
class StartsTest {
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    private void begin(String name) {
        Starts.begin(name, () -> done.add(Thread.currentThread().getName()));
    }

    private String next() throws InterruptedException {
        return String.valueOf(done.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void workBeginsOnAThreadOfItsName() throws Exception {
        begin("test-work");
        assertThat(next()).isEqualTo("test-work");
    }

    @Test
    void withoutAThread_theWorkIsKept_andTheNextStartBeginsIt() throws Exception {
        try (NoThreads none = new NoThreads()) {
            begin("test-first");
            begin("test-second");
            assertThat(none.refused()).isEqualTo(2);
        }
        begin("test-third");
        assertThat(new String[] {next(), next(), next()})
                .containsExactlyInAnyOrder("test-first", "test-second", "test-third");
        assertThat(Starts.isAnyKept()).isFalse();
    }

    @Test
    void aThreadThatHasDoneItsWork_doesWhatIsKept() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        Starts.begin("test-busy", () -> awaitQuietly(free));
        try (NoThreads none = new NoThreads()) {
            begin("test-kept");
            begin("test-kept-too");
            free.countDown();
            assertThat(new String[] {next(), next()}).containsExactlyInAnyOrder("test-kept", "test-kept-too");
            assertThat(none.refused()).as("no other thread was there").isPositive();
        }
    }

    @Test
    void whatIsKept_isTriedAgain_lessAndLessOften() throws Exception {
        NoThreads.calm();
        try (NoThreads none = new NoThreads()) {
            begin("test-kept");
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
            while (System.nanoTime() - end < 0) {
                Starts.again();
                Thread.onSpinWait();
            }
            assertThat(none.refused()).as("after 0, 50, 150, 350 ms, and once by its caller").isBetween(1, 6);
        }
        NoThreads.until(() -> !done.isEmpty());
        assertThat(next()).isEqualTo("test-kept");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
