package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.registry.Fixture.Service;
import aio.policy.PolicyState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Policies that flap on many threads, by the system's clock: one that stays is followed in the end. */
@Timeout(60)
class HoldDownRaceTest {
    private static final int THREADS = 4;
    private static final int FLAPS = 300;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Fixture f = new Fixture(Times.SYSTEM);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void end() {
        threads.shutdownNow();
        f.registry.close();
    }

    @Test
    void onesThatStay_areFollowed_howeverManyFlapMeanwhile() throws Exception {
        f.registry.configure(new Settings(false, 0, 100, new Caution(false, 3, 60_000, 30)));
        f.service("standing", 0);
        List<Callable<Service>> flapping = new ArrayList<>();
        for (int i = 1; i <= THREADS; i++) {
            int number = i;
            flapping.add(() -> {
                for (int round = 0; round < FLAPS; round++) {
                    f.service("flappy" + number, number).unregister();
                }
                return f.service("flappy" + number, number);
            });
        }
        for (Future<Service> each : threads.invokeAll(flapping)) {
            each.get();
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (isAnyHeldDown()) {
            assertThat(System.nanoTime()).as("held down for ever: " + f.directory.policies()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
        while (!f.currentName().equals("flappy" + THREADS)) { // it is released a moment before it is selected
            assertThat(System.nanoTime()).as("not followed: " + f.directory.policies()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(f.directory.policies()).hasSize(THREADS + 1);
    }

    private boolean isAnyHeldDown() {
        return f.directory.policies().stream().anyMatch(policy -> policy.state() == PolicyState.HELD_DOWN);
    }
}
