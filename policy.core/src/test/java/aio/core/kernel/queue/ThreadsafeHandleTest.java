package aio.core.kernel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadsafeHandleTest {
    private final AtomicInteger ran = new AtomicInteger();

    /** Runs a handle as the queue does. */
    private static void run(ThreadsafeHandle handle) {
        Runnable callback = handle.callback();
        if (handle.begin()) {
            try {
                callback.run();
            } finally {
                handle.end();
            }
        }
    }

    @Test
    void aCancelledOneDoesNotRun() {
        ThreadsafeHandle handle = new ThreadsafeHandle(ran::incrementAndGet);
        handle.cancel();
        run(handle);
        assertThat(ran).hasValue(0);
        assertThat(handle.cancelled()).isTrue();
    }

    @Test
    void oneThatRan_isCancelledOnlyByCancel() {
        ThreadsafeHandle handle = new ThreadsafeHandle(ran::incrementAndGet);
        run(handle);
        assertThat(handle.cancelled()).isFalse();
        handle.cancel();
        assertThat(handle.cancelled()).isTrue();
    }

    @Test
    void oneThatCancelsItselfDoesNotWaitForItself() {
        AtomicReference<ThreadsafeHandle> self = new AtomicReference<>();
        ThreadsafeHandle handle = new ThreadsafeHandle(() -> self.get().cancel());
        self.set(handle);
        run(handle);
        assertThat(handle.cancelled()).isTrue();
    }

    @Test
    void oneThatFailsIsOver() {
        ThreadsafeHandle handle = new ThreadsafeHandle(() -> {
            throw new IllegalStateException("on purpose");
        });
        assertThatThrownBy(() -> run(handle)).hasMessage("on purpose");
        handle.cancel();
        assertThat(handle.cancelled()).isTrue();
    }

    @Test
    void whoCancelsOneThatRunsWaitsForItsEnd() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        ThreadsafeHandle handle = new ThreadsafeHandle(() -> {
            running.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ran.incrementAndGet();
        });
        Thread loop = new Thread(() -> run(handle));
        loop.start();
        running.await();
        FutureTask<Integer> cancel = new FutureTask<>(() -> {
            handle.cancel();
            return ran.get();
        });
        Thread canceller = new Thread(cancel);
        canceller.start();
        assertThatThrownBy(() -> cancel.get(20, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        end.countDown();
        assertThat(cancel.get()).isEqualTo(1);
        assertThat(handle.cancelled()).isTrue();
        loop.join();
    }
}
