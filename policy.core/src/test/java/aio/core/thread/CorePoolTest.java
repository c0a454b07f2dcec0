package aio.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads for work that may block and can be given up. */
@Timeout(20)
class CorePoolTest {
    private final CorePool workers = new CorePool("test-workers", 2, 8);

    @AfterEach
    void end() {
        workers.close();
    }

    /** Blocks until it is interrupted. */
    private static final class Blocking implements Runnable {
        final CountDownLatch begun = new CountDownLatch(1);
        final CompletableFuture<Thread> interrupted = new CompletableFuture<>();

        @Override
        public void run() {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(Thread.currentThread());
            }
        }
    }

    @Test
    void workThatBlocks_doesNotHoldUpTheRest() throws Exception {
        List<Blocking> blocking = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Blocking each = new Blocking();
            blocking.add(each);
            workers.run(each);
        }
        CompletableFuture<Thread> done = new CompletableFuture<>();
        workers.run(() -> done.complete(Thread.currentThread()));
        assertThat(done.get(10, TimeUnit.SECONDS).getName()).startsWith("test-workers-");
        assertThat(blocking).allSatisfy(each -> assertThat(each.interrupted).isNotDone());
    }

    @Test
    void whatIsGivenUp_isInterrupted_orNeverBegins() throws Exception {
        List<CorePool.Work> accepted = new ArrayList<>();
        List<Blocking> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Blocking each = new Blocking();
            all.add(each);
            accepted.add(workers.run(each));
        }
        for (Blocking each : all) {
            each.begun.await();
        }
        CompletableFuture<Thread> queued = new CompletableFuture<>();
        workers.run(() -> queued.complete(null)).giveUp();
        accepted.get(0).giveUp();
        Thread freed = all.get(0).interrupted.get(10, TimeUnit.SECONDS);
        CompletableFuture<Thread> next = new CompletableFuture<>();
        workers.run(() -> next.complete(Thread.currentThread()));
        assertThat(next.get(10, TimeUnit.SECONDS)).isSameAs(freed);
        assertThat(queued).isNotDone();
    }

    @Test
    void close_endsTheThreads_alsoThoseThatBlock() throws Exception {
        Blocking blocking = new Blocking();
        workers.run(blocking);
        blocking.begun.await();
        workers.close();
        blocking.interrupted.get(10, TimeUnit.SECONDS).join();
        assertThatThrownBy(() -> workers.run(() -> {})).isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("test-workers");
    }
}
