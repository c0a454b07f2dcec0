package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Actions that are repeated, each on a thread of its own, until they are stopped; failures are told. */
final class Rounds {
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong rounds = new AtomicLong();
    private volatile boolean stopped;

    /** An action that checks what it gets. */
    @FunctionalInterface
    interface Round {
        void run(int number) throws Exception;
    }

    /** Repeats an action. */
    void repeat(String name, Round round) {
        Thread thread = new Thread(() -> {
            try {
                for (int i = 0; !stopped; i++) {
                    round.run(i);
                    rounds.incrementAndGet();
                }
            } catch (Exception | AssertionError e) {
                failures.add(new AssertionError(name + ": " + e, e));
            }
        }, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** Returns the number of rounds. */
    long count() {
        return rounds.get();
    }

    void awaitRound() throws Exception {
        long before = rounds.get();
        TlsContract.until("a round; failed: " + failures, () -> rounds.get() > before || !failures.isEmpty());
        assertThat(failures).isEmpty();
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join(TlsContract.PATIENCE.toMillis());
            assertThat(thread.isAlive()).as(thread.getName() + " hangs").isFalse();
        }
        assertThat(failures).isEmpty();
    }
}
