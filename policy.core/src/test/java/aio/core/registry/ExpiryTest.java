package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A pin ends at its time, by a clock that the test moves. */
class ExpiryTest {
    private static final Instant START = Instant.parse("2026-01-31T03:00:00Z");

    private final ManualTimes manual = new ManualTimes();
    private Instant now = START;
    private Choice wanted = Choice.NONE;
    private int ended;
    private final Expiry expiry = new Expiry(manual.times, () -> now, () -> wanted.until(), () -> {
        ended++;
        wanted = Choice.NONE;
    });

    private void pinUntil(Instant until) {
        wanted = new Choice("a", Map.of()).withUntil(until);
        expiry.look();
    }

    private void pass(Duration time) {
        for (long seconds = time.toSeconds(); seconds > 0; seconds--) {
            now = now.plusSeconds(1);
            manual.pass(1000);
        }
    }

    @Test
    void aPin_endsAtItsTime_notBefore() {
        pinUntil(START.plus(Duration.ofHours(2)));
        pass(Duration.ofHours(2).minusSeconds(1));
        assertThat(ended).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(ended).isEqualTo(1);
        assertThat(manual.isAnySet()).isFalse();
    }

    @Test
    void aMachineThatSlept_isLateByAMinuteAtMost() {
        pinUntil(START.plus(Duration.ofHours(2)));
        now = now.plus(Duration.ofDays(1));
        manual.pass(60_000);
        assertThat(ended).isEqualTo(1);
    }

    @Test
    void aPinWhoseTimeHasCome_endsAtOnce_asAfterARestart() {
        pinUntil(START.minusSeconds(1));
        assertThat(ended).isEqualTo(1);
    }

    @Test
    void anotherChoice_isWaitedForNoMore() {
        pinUntil(START.plusSeconds(10));
        wanted = new Choice("b", Map.of());
        expiry.look();
        pass(Duration.ofMinutes(2));
        assertThat(ended).isZero();
        assertThat(manual.isAnySet()).isFalse();
    }
}
