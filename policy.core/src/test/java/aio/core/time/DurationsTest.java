package aio.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Durations of any length. */
final class DurationsTest {
    private static final long CENTURY = TimeUnit.DAYS.toNanos(36_500);

    @Test
    void whatFits_isExact() {
        for (long nanos : new long[] {0, 1, -1, 1_000_000_007, CENTURY, -CENTURY}) {
            assertThat(Durations.nanos(Duration.ofNanos(nanos))).isEqualTo(nanos);
        }
        assertThat(Durations.seconds(Duration.ofMillis(1_500))).isEqualTo(1.5);
        assertThat(Durations.seconds(Duration.ofMillis(-250))).isEqualTo(-0.25);
    }

    @Test
    void whatDoesNotFit_isAHundredYears_andAddsUp() {
        for (Duration far : List.of(ChronoUnit.FOREVER.getDuration(), Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE), Duration.ofDays(36_501))) {
            assertThat(Durations.nanos(far)).isEqualTo(CENTURY);
            assertThat(Durations.seconds(far)).isPositive();
        }
        assertThat(Durations.nanos(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(-CENTURY);
        assertThat(Durations.nanos(Duration.ofNanos(Long.MIN_VALUE))).isEqualTo(-CENTURY);
        assertThat(CENTURY + CENTURY).isPositive(); // a time of the clock and a duration
    }
}
