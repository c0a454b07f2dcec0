package aio.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.LoopStatistics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The present work or wait of a loop counts, so that one that is held up does not look idle. */
class MeterTest {
    private static final Duration WHILE = Duration.ofMillis(20);

    private final Meter meter = new Meter();

    private LoopStatistics now() {
        return Statistics.of("metered", meter, 0);
    }

    private static void pass() {
        long end = System.nanoTime() + WHILE.toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anIdleLoop_neitherWorksNorWaits() {
        pass();
        assertThat(now().busy()).isZero();
        assertThat(now().waiting()).isZero();
        assertThat(now().utilization()).isZero();
    }

    @Test
    void workThatLasts_isInTheLoad_andNotYetInTheLag() {
        meter.runBegins();
        LoopStatistics before = now();
        pass();
        LoopStatistics between = now().since(before);
        assertThat(between.busy()).isGreaterThanOrEqualTo(WHILE);
        assertThat(between.waiting()).isZero();
        assertThat(between.utilization()).isEqualTo(1);
        assertThat(between.delay().count()).isZero();
        meter.runEnds();
        Duration ended = now().busy();
        assertThat(ended).isGreaterThanOrEqualTo(WHILE).isEqualTo(now().delay().total());
        pass();
        assertThat(now().busy()).isEqualTo(ended);
    }

    @Test
    void aWaitThatLasts_isAWait_untilItEnds() {
        meter.runBegins();
        meter.polls();
        LoopStatistics before = now();
        pass();
        assertThat(now().since(before).waiting()).isGreaterThanOrEqualTo(WHILE);
        assertThat(now().since(before).busy()).isZero();
        meter.polled();
        Duration waited = now().waiting();
        pass();
        assertThat(now().waiting()).isEqualTo(waited);
        meter.runEnds();
    }

    @Test
    void aRunThatEndsInAWait_waitsNoLonger() {
        meter.runBegins();
        meter.polls();
        meter.runEnds();
        pass();
        assertThat(now().waiting()).isLessThan(WHILE);
    }
}
