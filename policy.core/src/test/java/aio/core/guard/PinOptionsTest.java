package aio.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.Canary;
import aio.policy.PinOptions;
import aio.policy.PolicyScope;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a policy is pinned, in code and as consoles and configurations write it. */
class PinOptionsTest {
    private static final PinOptions NONE = PinOptions.defaults();

    @Test
    void whatIsNotGiven_isAbsent() {
        assertThat(NONE.scope()).isEqualTo(PolicyScope.process());
        assertThat(NONE.canary()).isEmpty();
        assertThat(NONE.watch()).isZero();
        assertThat(NONE.maxLag()).isEmpty();
        assertThat(NONE.maxErrors()).isEmpty();
        assertThat(NONE.duration()).isEmpty();
        assertThat(NONE.isTrial()).isFalse();
    }

    @Test
    void textsAndValues_sayTheSame() {
        PinOptions given = NONE.with("scope", "loop:edge").with("canary", "50%").with("watch", "30s")
                .with("max.lag", "50ms").with("max.errors", "0.1%").with("for", "2h");
        PinOptions made = NONE.withScope(PolicyScope.loop("edge")).withCanary(Canary.share(50))
                .withWatch(Duration.ofSeconds(30)).withMaxLag(Duration.ofMillis(50)).withMaxErrors(0.001)
                .withDuration(Duration.ofHours(2));
        assertThat(given).hasToString(made.toString())
                .hasToString("loop:edge, canary 50%, watch 30.0 s, max.lag 50 ms, max.errors 0.100 %, for 2.0 h");
        assertThat(given.maxErrors()).isEqualTo(made.maxErrors());
        assertThat(given.isTrial()).isTrue();
        assertThat(NONE.withCanary(Canary.share(1)).isTrial()).isTrue();
        assertThat(NONE.withDuration(Duration.ZERO).isTrial()).isFalse();
    }

    @Test
    void times_areReadAsPeopleWriteThem() {
        Map<String, Duration> times = Map.of("500ms", Duration.ofMillis(500), "90s", Duration.ofSeconds(90),
                "1h30m", Duration.ofMinutes(90), " 1h 30m ", Duration.ofMinutes(90), "2d", Duration.ofDays(2),
                "PT30S", Duration.ofSeconds(30), "0s", Duration.ZERO, "999999999d", Duration.ofDays(999_999_999));
        times.forEach((text, time) ->
                assertThat(NONE.with("max.lag", text).maxLag()).as(text).contains(time));
        for (String wrong : List.of("", "30", "-5s", "s", "1.5h", "30 seconds", "99999999999s")) {
            assertThatThrownBy(() -> NONE.with("watch", wrong)).as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("watch is '" + wrong + "': expected a time such as 500ms, 30s, 1h30m or PT30S");
        }
    }

    @Test
    void shares_areReadAsPeopleWriteThem() {
        Map.of("0.1%", 0.001, "100%", 1.0, "0", 0.0, "0.25", 0.25, " 5 % ", 0.05).forEach((text, share) ->
                assertThat(NONE.with("max.errors", text).maxErrors()).as(text).contains(share));
        for (String wrong : List.of("", "%", "101%", "1.1", "-1%", "NaN", "few")) {
            assertThatThrownBy(() -> NONE.with("max.errors", wrong)).as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("max.errors is '" + wrong + "': expected a share from 0% to 100%, or from 0 to 1");
        }
        assertThatThrownBy(() -> NONE.withMaxErrors(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NONE.with("lag", "5s")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected scope, canary, watch, max.lag, max.errors or for");
    }

    @Test
    void anyDuration_isTaken_oneBelowZeroWatchesNothing() {
        for (Duration any : List.of(ChronoUnit.FOREVER.getDuration(), Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThat(NONE.withMaxLag(any).maxLag()).contains(any);
            assertThat(NONE.withDuration(any).duration()).contains(any);
        }
        assertThat(NONE.withWatch(Duration.ofNanos(-1)).isTrial()).isFalse();
        assertThat(NONE.withWatch(ChronoUnit.FOREVER.getDuration()).isTrial()).isTrue();
    }
}
