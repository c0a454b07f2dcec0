package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.Canary;
import aio.policy.PinOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a pin of the configuration is tried, and when it ends. */
class TrialSettingsTest {

    @Test
    void aConfiguration_isRead_asPeopleWriteIt() {
        Map<String, @Nullable Object> all = Map.of(
                "canary", " 50% ", "watch", "30s", "max.lag", "50ms", "max.errors", "0.1%", "pin", "a");
        PinOptions options = TrialSettings.of(all::get).options();
        assertThat(options.canary()).contains(Canary.share(50));
        assertThat(options.watch()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.maxLag()).contains(Duration.ofMillis(50));
        assertThat(options.maxErrors()).contains(0.001);
        assertThat(TrialSettings.of(key -> " ").options().isTrial()).isFalse();
    }

    @Test
    void whatIsWrong_isLeftOut_andSaidInALine() {
        TrialSettings read = TrialSettings.of(key -> key.equals("watch") ? "soon\nERROR forged" : null);
        assertThat(read.options().isTrial()).isFalse();
        assertThat(read.problems()).containsExactly("configuration aio.policy: watch is 'soon\\nERROR forged':"
                + " expected a time such as 500ms, 30s, 1h30m or PT30S; it is left out");
    }

    @Test
    void theEndOfAPin_isKept_andGoesWithThePin() {
        Instant end = Instant.parse("2026-01-31T03:00:00.500Z");
        Choice choice = new Choice("a", Map.of("b", 7)).withUntil(end);
        Map<String, @Nullable Object> written = new HashMap<>(choice.properties());
        assertThat(written.get(Choice.UNTIL)).isEqualTo("2026-01-31T03:00:00.500Z");
        assertThat(Choice.of(written::get).choice()).isEqualTo(choice);
        assertThat(choice.withRank("b", null).until()).isEqualTo(end);
        assertThat(choice.withPin("c").until()).isNull();
        assertThat(choice.withPin(null)).isEqualTo(new Choice(null, Map.of("b", 7)));
        written.put(Choice.UNTIL, "tomorrow");
        Choice.Parsed parsed = Choice.of(written::get);
        assertThat(parsed.choice().until()).isNull();
        assertThat(parsed.problems()).isEqualTo(List.of("configuration aio.policy: pin.until is 'tomorrow', expected an"
                + " instant such as 2026-01-31T03:00:00Z; the pin stays until it is removed"));
    }
}
