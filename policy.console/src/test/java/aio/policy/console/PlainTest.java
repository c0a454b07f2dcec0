package aio.policy.console;

import static org.assertj.core.api.Assertions.assertThat;

import aio.policy.PolicyInfo;
import aio.policy.PolicyState;
import aio.policy.console.json.Json;
import aio.policy.console.json.JsonRows;
import aio.policy.console.text.Plain;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Foreign names and messages: what is shown of them steers no terminal, forges no row, and is the same anywhere. */
class PlainTest {
    private static final String EVIL = "a\nb\n* fake  9 current\u001b[2J\u009b1m\u007f\u202e\ud800 ü 😀";
    private static final String SHOWN = "a\\nb\\n* fake  9 current\\u001b[2J\\u009b1m\\u007f\\u202e\\ud800 ü 😀";

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @Test
    void unseenCharacters_areEscaped_allOthersStay() {
        assertThat(Plain.text(EVIL)).isEqualTo(SHOWN);
        assertThat(Plain.text("name, with = \"all\" 'sorts' \\ of")).isEqualTo("name, with = \"all\" 'sorts' \\ of");
    }

    @Test
    void tablesAndReasons_haveARowForEachPolicy_whateverItsName() {
        List<PolicyInfo> policies = List.of(
                new Samples.Policy(EVIL, 5, 7, PolicyState.STANDBY, 0, 12, "failed:\n* fake"), Samples.current());
        TableConverter converter = new TableConverter();
        for (View.Style style : List.of(View.Style.POLICIES, View.Style.REASONS, View.Style.POLICY_DETAILS)) {
            String text = String.valueOf(converter.format(
                    new View<>(style, policies, List.of("note\nof two")), Converter.INSPECT, converter));
            assertThat(text).contains(SHOWN, "note\\nof two").doesNotContain("\u001b", "\u009b", "\u202e");
            assertThat(text.lines().filter(line -> line.startsWith("* "))).as(text).hasSizeLessThan(2);
        }
        assertThat(String.valueOf(converter.format(policies.get(0), Converter.LINE, converter))).contains(SHOWN);
    }

    @Test
    void json_isTheSameInAnyLocale_andInAnyEncoding() {
        String wanted = Json.rows(List.of(JsonRows.of(new Samples.Policy(
                EVIL, -1234567, 7, PolicyState.STANDBY, 1234567, 12, "why"))));
        assertThat(wanted).contains("\"ranking\":-1234567", "\"loops\":1234567", "\\u001b[2J", "\\u00fc \\ud83d\\ude00")
                .matches("[\\x20-\\x7e\n]*");
        for (String tag : List.of("ar-SA-u-nu-arab", "hi-IN-u-nu-deva", "tr-TR", "de-DE", "th-TH-u-nu-thai", "fa-IR")) {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(Json.rows(List.of(JsonRows.of(new Samples.Policy(
                    EVIL, -1234567, 7, PolicyState.STANDBY, 1234567, 12, "why"))))).as(tag).isEqualTo(wanted);
            assertThat(Texts.millis(java.time.Duration.ofMillis(1500))).as(tag).isEqualTo("1500.0 ms");
        }
    }
}
