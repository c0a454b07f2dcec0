package aio.policy.console.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.policy.PinOptions;
import aio.policy.PolicyScope;
import org.junit.jupiter.api.Test;

/** Options in one text, as they are typed on the console. */
class PinWordsTest {
    private static void refused(String text, String why) {
        assertThatThrownBy(() -> PinWords.options(text)).as(text)
                .isInstanceOf(IllegalArgumentException.class).hasMessage(why);
    }

    @Test
    void allOptions_areRead_andQuotesKeepANameTogether() {
        assertThat(PinWords.options(" --canary '50%'  --watch 30s --max-lag 30ms --max-errors 0.1% --for \"2h\""))
                .hasToString("process, canary 50%, watch 30.0 s, max.lag 30 ms, max.errors 0.100 %, for 2.0 h");
        assertThat(PinWords.options("--loop 'an edge'").scope()).isEqualTo(PolicyScope.loop("an edge"));
        assertThat(PinWords.options("--bundle 42").scope()).isEqualTo(PolicyScope.bundle(42));
        assertThat(PinWords.options(" ")).isSameAs(PinOptions.defaults());
    }

    @Test
    void aMistake_saysWhatIsExpected() {
        refused("--canaries 50%", "use has no option '--canaries'; expected --canary, --for, --max-errors, --max-lag,"
                + " --watch, --loop, --bundle, each with its value");
        refused("50%", "use has no option '50%'; expected --canary, --for, --max-errors, --max-lag, --watch, --loop,"
                + " --bundle, each with its value");
        refused("--watch", "--watch lacks its value, as in --watch 30s");
        refused("--loop 'an edge", "a quote is opened before an and not closed; expected both, as in --loop 'an edge'");
        refused("--watch soon", "watch is 'soon': expected a time such as 500ms, 30s, 1h30m or PT30S");
        refused("--loop a --bundle 1", "use takes --loop or --bundle once, not --loop and --bundle");
        refused("--dry-run", "use has no option --dry-run: the operation plan takes the same options, and says what"
                + " would happen");
        assertThatThrownBy(() -> PinWords.scope("--watch 30s")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("auto has no option '--watch'; expected --loop, --bundle, each with its value");
        assertThatThrownBy(() -> PinWords.scope("--bundle x")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bundle:x");
    }

    @Test
    void aWordOfAnotherKind_changesNothing() {
        assertThat(PinWords.with(PinOptions.defaults(), "--json", "x")).isSameAs(PinOptions.defaults());
        assertThat(PinWords.with(PinOptions.defaults(), "--canary", "50%").canary()).isPresent();
    }

    @Test
    void theScopeOfARelease_isTheProcess_unlessItIsGiven() {
        assertThat(PinWords.scope("").isProcess()).isTrue();
        assertThat(PinWords.scope("--loop edge")).isEqualTo(PolicyScope.loop("edge"));
    }
}
