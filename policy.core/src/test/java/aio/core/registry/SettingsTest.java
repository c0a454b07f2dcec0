package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void valuesOfAnyType_areTaken() {
        Settings.Parsed parsed = Settings.DEFAULTS.with(
                Map.of("strict", "true", "stop.wait.millis", 5, "history.size", "7"));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.settings()).isEqualTo(new Settings(true, 5, 7));
    }

    @Test
    void absentValues_haveTheirDefaults() {
        assertThat(new Settings(true, 5, 7).with(Map.of()).settings()).isEqualTo(Settings.DEFAULTS);
    }

    @Test
    void invalidValues_areRefusedWithKeyValueAndRange_andTheOldOnesKept() {
        Settings old = new Settings(true, 5, 7);
        Settings.Parsed parsed = old.with(Map.of("strict", "perhaps", "stop.wait.millis", 60_001, "history.size", "x"));
        assertThat(parsed.settings()).isEqualTo(old);
        assertThat(parsed.problems()).containsExactly(
                "configuration aio.policy: strict is 'perhaps', expected true or false; true is kept",
                "configuration aio.policy: stop.wait.millis is '60001', expected a whole number from 0 to 60000;"
                        + " 5 is kept",
                "configuration aio.policy: history.size is 'x', expected a whole number from 1 to 10000; 7 is kept");
    }

    @Test
    void caution_isRead_andWhatIsWrongWithItIsNamed() {
        Settings.Parsed parsed = Settings.DEFAULTS.with(Map.of("confirm.arrivals", true, "hold.down.departures", "3",
                "hold.down.window.millis", 10_000L, "hold.down.calm.millis", 5));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.settings().caution()).isEqualTo(new Caution(true, 3, 10_000, 5));
        Settings.Parsed wrong = parsed.settings().with(Map.of("confirm.arrivals", "often",
                "hold.down.departures", -1, "hold.down.window.millis", 0, "hold.down.calm.millis", 86_400_001));
        assertThat(wrong.settings()).isEqualTo(new Settings(false, 1000, 100, new Caution(true, 3, 10_000, 5)));
        assertThat(wrong.problems()).containsExactly(
                "configuration aio.policy: confirm.arrivals is 'often', expected true or false; true is kept",
                "configuration aio.policy: hold.down.departures is '-1', expected a whole number from 0 to 1000;"
                        + " 3 is kept",
                "configuration aio.policy: hold.down.window.millis is '0', expected a whole number from 1 to 86400000;"
                        + " 10000 is kept",
                "configuration aio.policy: hold.down.calm.millis is '86400001', expected a whole number from 1 to"
                        + " 86400000; 5 is kept");
    }
}
