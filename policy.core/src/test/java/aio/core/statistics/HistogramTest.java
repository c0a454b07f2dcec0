package aio.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.Distribution;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void everyTime_isInTheBucketThatSaysSo() {
        Random random = new Random(1);
        for (int bits = 0; bits < 42; bits++) {
            for (int i = 0; i < 200; i++) {
                long time = random.nextLong() >>> 63 - bits;
                int index = Histogram.indexOf(time);
                assertThat(Histogram.longestOf(index)).isGreaterThanOrEqualTo(time)
                        .isLessThanOrEqualTo(time + time / Histogram.SUBS);
                if (index > 0) {
                    assertThat(Histogram.longestOf(index - 1)).isLessThan(time);
                }
            }
        }
    }

    @Test
    void percentiles_areAtMostAnEighthTooLong() {
        Random random = new Random(2);
        long[] times = random.longs(10_000, 0, 50_000_000).toArray();
        Arrays.stream(times).forEach(histogram::record);
        Arrays.sort(times);
        Distribution seen = histogram.snapshot();
        for (int percent : new int[] {1, 10, 50, 90, 99, 100}) {
            long exact = times[percent * times.length / 100 - 1];
            assertThat(seen.percentile(percent).toNanos()).isBetween(exact, exact + exact / 8 + 1);
        }
        assertThat(seen.longest().toNanos()).isEqualTo(times[times.length - 1]);
        assertThat(seen.count()).isEqualTo(times.length);
        assertThat(seen.total().toNanos()).isEqualTo(Arrays.stream(times).sum());
    }

    @Test
    void anInterval_hasItsOwnTimesOnly() {
        histogram.record(1_000_000);
        Distribution before = histogram.snapshot();
        assertThat(before.since(before).count()).isZero();
        assertThat(before.since(before).longest()).isZero();
        histogram.record(1_000);
        histogram.record(2_000);
        Distribution between = histogram.snapshot().since(before);
        assertThat(between.count()).isEqualTo(2);
        assertThat(between.total()).isEqualTo(Duration.ofNanos(3_000));
        assertThat(between.longest().toNanos()).isBetween(2_000L, 2_250L);
        histogram.record(5_000_000);
        assertThat(histogram.snapshot().since(before).longest()).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void countsUpToALimit_areCumulative() {
        histogram.record(0);
        histogram.record(1_000);
        histogram.record(1_000_000);
        Distribution seen = histogram.snapshot();
        assertThat(seen.countAtMost(Duration.ofNanos(-1))).isZero();
        assertThat(seen.countAtMost(Duration.ZERO)).isEqualTo(1);
        assertThat(seen.countAtMost(Duration.ofNanos(2_000))).isEqualTo(2);
        assertThat(seen.countAtMost(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(3);
    }

    @Test
    void timesBeyondEverything_areCountedAsTheLongest() {
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE / 2);
        Distribution seen = histogram.snapshot();
        assertThat(seen.count()).isEqualTo(2);
        assertThat(seen.percentile(0)).isZero();
        assertThat(seen.longest()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE / 2));
    }

    @Test
    void nothing_hasNoTimes() {
        Distribution nothing = histogram.snapshot();
        assertThat(nothing.count()).isZero();
        assertThat(nothing.percentile(99)).isZero();
        assertThat(nothing.longest()).isZero();
    }
}
