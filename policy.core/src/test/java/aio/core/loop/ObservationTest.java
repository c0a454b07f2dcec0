package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.guard.Reading;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.LoopOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is seen of loops while a policy is tried on them. */
@Timeout(60)
class ObservationTest {
    private final ProcessLauncher launcher = new ProcessLauncher(new SharedReaper());
    private final Loops loops = new Loops(type -> Optional.empty(), launcher);
    private final CoreLoop loop = (CoreLoop) loops.newLoop(null, LoopOptions.defaults().withName("seen"));
    private final Thread thread = new Thread(loop::runForever, "runner");
    private final CountDownLatch leave = new CountDownLatch(1);

    @AfterEach
    void end() throws InterruptedException {
        leave.countDown();
        if (thread.isAlive()) {
            loop.callSoonThreadsafe(loop::stop);
            thread.join();
        }
        loop.close();
        launcher.close();
    }

    private static Reading of(Observation observation, String name) {
        return observation.look().stream().filter(seen -> seen.loop().name().equals(name)).findFirst().orElseThrow()
                .now();
    }

    private void block() {
        loop.callSoonThreadsafe(() -> {
            try {
                leave.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void aLoopThatIsHeldUp_isSeenWhileItIs_andItsLateCallbacksAfterIt() {
        thread.start();
        Observation observation = loops.observe();
        Reading reading = of(observation, "seen");
        while (reading.beats().count() < 3) { // it runs what it is given
            LockSupport.parkNanos(1_000_000);
            reading = of(observation, "seen");
        }
        block();
        while (reading.underWay().compareTo(Duration.ofMillis(200)) < 0) {
            LockSupport.parkNanos(1_000_000);
            reading = of(observation, "seen");
        }
        leave.countDown();
        while (reading.beats().longest().compareTo(Duration.ofMillis(100)) < 0) {
            LockSupport.parkNanos(1_000_000);
            reading = of(observation, "seen");
        }
        assertThat(reading.delay().longest()).isGreaterThan(Duration.ofMillis(100));
        observation.settled();
        assertThat(of(observation, "seen").beats().count()).as("lags are counted anew").isLessThan(3);
    }

    @Test
    void aLoopThatNobodyRuns_isNotLate() {
        Observation observation = loops.observe();
        for (int i = 0; i < 20; i++) {
            LockSupport.parkNanos(1_000_000);
            assertThat(of(observation, "seen").underWay()).isZero();
        }
        assertThat(of(observation, "seen").beats().count()).isZero();
        assertThat(loop.info().ready()).as("callbacks that nobody would run").isZero();
    }

    @Test
    void aLoopThatIsMadeLater_isSeenFromItsBeginning_andAClosedOneStaysInTheFigures() {
        Observation observation = loops.observe();
        CoreLoop later = (CoreLoop) loops.newLoop(null, LoopOptions.defaults().withName("later"));
        later.callSoon(later::stop);
        later.runForever();
        assertThat(of(observation, "later").delay().count()).isPositive();
        later.close();
        assertThat(of(observation, "later").delay().count()).isPositive();
        assertThat(of(observation, "later").underWay()).isZero();
    }
}
