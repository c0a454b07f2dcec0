package aio.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OwnershipTest {
    private static final int RUNS = 20_000;

    private final Ownership ownership = new Ownership("owned");

    /** Whoever sees that nobody runs the loop any more can close it. */
    @Test
    void aLoopWhoseRunnerIsGoneIsIdle() throws Exception {
        CyclicBarrier begun = new CyclicBarrier(2);
        CyclicBarrier ended = new CyclicBarrier(2);
        FutureTask<Void> runs = new FutureTask<>(() -> {
            for (int i = 0; i < RUNS; i++) {
                ownership.startRunning();
                begun.await();
                ownership.endRunning();
                ended.await();
            }
            return null;
        });
        new Thread(runs).start();
        for (int i = 0; i < RUNS; i++) {
            begun.await();
            while (ownership.runner() != null) {
                Thread.onSpinWait();
            }
            assertThat(ownership.ifIdle(() -> {})).isTrue();
            ended.await();
        }
        runs.get();
    }
}
