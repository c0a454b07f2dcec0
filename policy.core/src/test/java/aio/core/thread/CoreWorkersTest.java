package aio.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads for the core's own work. */
@Timeout(20)
final class CoreWorkersTest {
    private final CoreWorkers workers = new CoreWorkers();

    @Test
    void aKindOfWorkThatIsStuck_holdsUpNoOther() throws InterruptedException {
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(2);
        try {
            for (int i = 0; i < 100; i++) {
                workers.names().execute(() -> awaitQuietly(free));
            }
            workers.handshakes().run(ran::countDown);
            workers.files().execute(ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            free.countDown();
            workers.close();
        }
    }

    @Test
    void close_forgetsWhatHasNotBegun_andInterruptsNothing() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(32);
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch uninterrupted = new CountDownLatch(32);
        AtomicReference<Thread> late = new AtomicReference<>();
        for (int i = 0; i < 32; i++) {
            workers.names().execute(() -> {
                begun.countDown();
                if (awaitQuietly(free)) {
                    uninterrupted.countDown();
                }
            });
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        workers.names().execute(() -> late.set(Thread.currentThread()));
        workers.close();
        free.countDown();

        assertThat(uninterrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(late).hasNullValue();
        assertThatThrownBy(() -> workers.names().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            return latch.await(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
