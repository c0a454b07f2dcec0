package aio.core.kernel.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // a test that waits for something lost spins for ever
class InboxTest {
    private Inbox inbox = new Inbox();
    private final ReadyQueue ready = new ReadyQueue();
    private final TimerHeap timers = new TimerHeap();

    private record Numbered(int producer, int number) {}

    @Test
    void whatIsAddedIsThereOnceAndInOrder() {
        for (int i = 0; i < 1_000; i++) {
            inbox.add(i);
            assertThat(inbox.isEmpty()).isFalse();
            if (i % 7 == 0) {
                inbox.drainTo(ready, timers);
                assertThat(inbox.isEmpty()).isTrue();
            }
        }
        inbox.drainTo(ready, timers);
        for (int i = 0; i < 1_000; i++) {
            assertThat(ready.first()).isEqualTo(i);
            ready.removeFirst();
        }
        assertThat(ready.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void everyProducerKeepsItsOrderAndNothingIsLost(int producers) throws InterruptedException {
        int each = 50_000;
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int producer = 0; producer < producers; producer++) {
            threads.add(producer(producer, each, start));
        }
        start.countDown();
        int[] next = new int[producers];
        for (int came = 0; came < producers * each; ) {
            inbox.drainTo(ready, timers);
            for (; !ready.isEmpty(); ready.removeFirst(), came++) {
                Numbered numbered = (Numbered) ready.first();
                assertThat(numbered.number()).isEqualTo(next[numbered.producer()]++);
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        inbox.drainTo(ready, timers); // a producer may have been late to say that there is something
        assertThat(inbox.isEmpty()).isTrue();
        assertThat(ready.isEmpty()).isTrue();
    }

    @Test
    void everyProducerKeepsItsOrder_whileTheLoopIsBusy_soThatAllArraysAreNew() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            inbox = new Inbox();
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int producer = 0; producer < 4; producer++) {
                threads.add(producer(producer, 10_000, start));
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            inbox.drainTo(ready, timers);
            assertThat(ready.size()).isEqualTo(40_000);
            int[] next = new int[4];
            for (; !ready.isEmpty(); ready.removeFirst()) {
                Numbered numbered = (Numbered) ready.first();
                if (numbered.number() != next[numbered.producer()]++) { // quicker than an assertion
                    throw new AssertionError(numbered + ", expected number " + --next[numbered.producer()]);
                }
            }
        }
    }

    private Thread producer(int producer, int count, CountDownLatch start) {
        Thread thread = new Thread(() -> {
            try {
                start.await();
            } catch (InterruptedException e) {
                return;
            }
            for (int i = 0; i < count; i++) {
                inbox.add(new Numbered(producer, i));
            }
        });
        thread.start();
        return thread;
    }
}
