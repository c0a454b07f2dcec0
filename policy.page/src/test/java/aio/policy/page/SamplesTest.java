package aio.policy.page;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Intervals are cut by those who look, and are of the time between two looks alone. */
@Timeout(60)
class SamplesTest {
    private final LoopDirectory loops = EventLoops.loopDirectory();
    private final EventLoop loop = EventLoops.newEventLoop();
    private final AtomicLong clock = new AtomicLong();
    private final Samples samples = new Samples(loops, clock::get);

    @AfterEach
    void close() {
        loop.close();
    }

    private void lookAfter(Duration time) {
        clock.addAndGet(time.toNanos());
        samples.look(loops.loops(), 1_000);
    }

    private List<Map<String, Object>> mine(long after) {
        return samples.of(loop.name(), after);
    }

    private void work(Duration time) {
        loop.callSoon(() -> {
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
        });
        loop.callSoon(loop::stop);
        loop.runForever();
    }

    @Test
    void workBetweenTwoLooks_isInTheirInterval_andNotInTheNext() {
        lookAfter(Duration.ZERO);
        assertThat(mine(0)).isEmpty();
        work(Duration.ofMillis(400));
        lookAfter(Duration.ofSeconds(1));
        loop.callSoon(loop::stop);
        loop.runForever();
        lookAfter(Duration.ofSeconds(1));
        assertThat(mine(0)).hasSize(2);
        double lag = (double) mine(0).get(0).get("lag");
        assertThat(lag).isGreaterThanOrEqualTo(400);
        assertThat((double) mine(0).get(0).get("load")).isGreaterThan(0.5);
        assertThat((double) mine(0).get(1).get("lag")).isLessThan(lag);
        assertThat(mine(0).get(1)).containsEntry("driver", "proactor").containsEntry("connections", 0);
    }

    @Test
    void twoPages_shareTheIntervals_andEachGetsWhatItHasNotSeen() {
        lookAfter(Duration.ZERO);
        lookAfter(Duration.ofSeconds(1));
        lookAfter(Duration.ofMillis(100));
        assertThat(mine(0)).as("the other page looked a moment ago").hasSize(1);
        long seen = samples.latest();
        lookAfter(Duration.ofSeconds(1));
        assertThat(mine(seen)).hasSize(1);
        assertThat(mine(samples.latest())).isEmpty();
    }

    @Test
    void onlySoManyAreKept_andNoneOfALoopThatIsClosed() {
        lookAfter(Duration.ZERO);
        for (int i = 0; i < Samples.KEPT + 5; i++) {
            lookAfter(Duration.ofSeconds(1));
        }
        assertThat(mine(0)).hasSize(Samples.KEPT);
        loop.close();
        lookAfter(Duration.ofSeconds(1));
        assertThat(mine(0)).isEmpty();
    }
}
